#include "bridge/cli/report_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <vector>

#include "bridge/cli/describe.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/codec/visible.h"

namespace saksbro::cli {
namespace {

using core::Language;
using std::chrono::milliseconds;

constexpr std::size_t kNameWidth = 20;
constexpr std::size_t kNumberWidth = 7;

long long hundredths(milliseconds time) {
  constexpr long long kUnit = 36'000;  // a hundredth of an hour, in milliseconds
  return (time.count() + kUnit / 2) / kUnit;
}

std::string hours(milliseconds time, Language language) {
  const long long all = hundredths(time);
  return fmt::format("{}{}{:02}", all / 100, language == Language::nb ? ',' : '.', all % 100);
}

std::string in(Language language, const char* nb, const char* en) {
  return language == Language::nb ? nb : en;
}

std::string month_digits(std::chrono::year_month month) {
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                     static_cast<unsigned>(month.month()));
}

std::string month_words(std::chrono::year_month month, Language language) {
  static constexpr std::array<const char*, 12> kNorwegian{
      "januar", "februar", "mars",      "april",   "mai",      "juni",
      "juli",   "august",  "september", "oktober", "november", "desember"};
  static constexpr std::array<const char*, 12> kEnglish{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const auto& names = language == Language::nb ? kNorwegian : kEnglish;
  return fmt::format("{} {}", names.at(static_cast<unsigned>(month.month()) - 1),
                     static_cast<int>(month.year()));
}

std::string name_of(const Sheet& sheet, const core::Role& role, Language language) {
  if (role.empty()) return in(language, "(ukjent aktivitet)", "(unknown activity)");
  const auto title = sheet.titles.find(role);
  const bool has_one = title != sheet.titles.end() && !title->second.in(language).empty();
  return codec::visible_line(has_one ? title->second.in(language) : role.text());
}

// Wide enough for the longest of them.
std::size_t name_width(const Sheet& sheet, Language language) {
  std::size_t width = kNameWidth;
  for (const auto& [name, share] : sheet.report.suppliers)
    width = std::max(width, width_of(codec::visible_line(name.text())));
  for (const auto& [role, share] : sheet.report.roles)
    width = std::max(width, width_of(name_of(sheet, role, language)));
  return width;
}

// "SAK-2026-00017, november 2026"
std::string about(const Sheet& sheet, Language language) {
  const std::string month = sheet.month ? month_words(*sheet.month, language) : "";
  if (!sheet.only) return month;
  return sheet.only->text() + (month.empty() ? "" : ", " + month);
}

// The first cell is a name; numbers stand below the end of their headings.
std::string line_of(const std::vector<std::string>& cells, const std::vector<std::string>& heads,
                    std::size_t names) {
  std::string line = padded(cells.front(), names);
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const std::size_t width = std::max(width_of(heads[i]), kNumberWidth);
    line += std::string(2 + width - std::min(width, width_of(cells[i])), ' ') + cells[i];
  }
  return line + "\n";
}

std::vector<std::string> supplier_heads(const Sheet& sheet, Language language) {
  return {in(language, "Leverandør", "Supplier"),
          in(language, "Saker", "Cases"),
          in(language, "Timer i ", "Hours in ") + sheet.waiting,
          in(language, "Svar", "Answers"),
          in(language, "Senere versjoner", "Later versions"),
          in(language, "Avvik", "Deviations")};
}

std::vector<std::string> role_heads(Language language) {
  return {in(language, "Rolle", "Role"), in(language, "Saker", "Cases"),
          in(language, "Timer med saken", "Hours with the case")};
}

std::vector<std::string> cells_of(const std::string& name, const core::SupplierShare& share,
                                  Language language) {
  return {name,
          std::to_string(share.cases),
          hours(share.waiting, language),
          std::to_string(share.answers),
          std::to_string(share.later_versions),
          std::to_string(share.deviations)};
}

std::string notes(const Sheet& sheet, Language language) {
  const std::string& zone = sheet.calendar.zone;
  if (language == Language::nb) {
    return fmt::format(
        "Timer er arbeidstid ({}). {} regnes for leverandøren som har saken,\n"
        "ellers for den som sist fikk en sak hos seg.\n",
        zone, sheet.waiting);
  }
  return fmt::format(
      "Hours are working time ({}). {} counts for the supplier that has the case,\n"
      "else for the one whose ticket came last.\n",
      zone, sheet.waiting);
}

std::string cell(const std::string& text) {
  if (text.find_first_of(";\"\r\n") == text.npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
  return quoted + "\"";
}

std::string row(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& one : cells) line += (line.empty() ? "" : ";") + cell(one);
  return line + "\r\n";
}

}  // namespace

std::map<core::Role, core::Words> titles_of(const core::Mapping& mapping) {
  std::map<core::Role, core::Words> titles;
  for (const core::Process& process : mapping.processes)
    titles.insert(process.roles.begin(), process.roles.end());
  return titles;
}

std::string report_table(const Sheet& sheet, Language language) {
  const core::Report& report = sheet.report;
  std::string text = fmt::format("{}: {} – {}\n", about(sheet, language),
                                 core::written(sheet.calendar, report.window.from, language),
                                 core::written(sheet.calendar, report.window.to, language));
  if (!sheet.only) text += fmt::format("{}: {}\n", in(language, "Saker", "Cases"), report.cases);
  const auto suppliers = supplier_heads(sheet, language);
  const std::size_t names = name_width(sheet, language);
  text += "\n" + line_of(suppliers, suppliers, names);
  for (const auto& [name, share] : report.suppliers) {
    const auto cells = cells_of(codec::visible_line(name.text()), share, language);
    text += line_of(cells, suppliers, names);
  }
  const auto roles = role_heads(language);
  if (!report.roles.empty()) text += "\n" + line_of(roles, roles, names);
  for (const auto& [role, share] : report.roles) {
    text += line_of(
        {name_of(sheet, role, language), std::to_string(share.cases), hours(share.held, language)},
        roles, names);
  }
  return text + "\n" + notes(sheet, language);
}

std::string report_csv(const Sheet& sheet, Language language) {
  const std::string period = sheet.month ? month_digits(*sheet.month) : sheet.only->text();
  const auto suppliers = supplier_heads(sheet, language);
  std::vector<std::string> heads{in(language, "Periode", "Period"), in(language, "Slag", "Kind"),
                                 in(language, "Navn", "Name")};
  heads.insert(heads.end(), suppliers.begin() + 1, suppliers.end());
  heads.push_back(role_heads(language).back());
  std::string text = "\xEF\xBB\xBF" + row(heads);
  for (const auto& [name, share] : sheet.report.suppliers) {
    std::vector<std::string> cells{period, in(language, "leverandør", "supplier")};
    for (std::string& one : cells_of(codec::visible_line(name.text()), share, Language::nb))
      cells.push_back(std::move(one));
    cells.emplace_back();
    text += row(cells);
  }
  for (const auto& [role, share] : sheet.report.roles) {
    text += row({period, in(language, "rolle", "role"), name_of(sheet, role, language),
                 std::to_string(share.cases), "", "", "", "", hours(share.held, Language::nb)});
  }
  return text;
}

codec::Json report_json(const Sheet& sheet) {
  const auto number = [](milliseconds time) {
    return static_cast<double>(hundredths(time)) / 100.0;
  };
  codec::Json suppliers = codec::Json::array();
  for (const auto& [name, share] : sheet.report.suppliers) {
    suppliers.push_back({{"system", name.text()},
                         {"cases", share.cases},
                         {"waiting_hours", number(share.waiting)},
                         {"answers", share.answers},
                         {"later_versions", share.later_versions},
                         {"deviations", share.deviations}});
  }
  codec::Json roles = codec::Json::array();
  for (const auto& [role, share] : sheet.report.roles) {
    roles.push_back({{"role", role.text()}, {"cases", share.cases}, {"hours", number(share.held)}});
  }
  return {{"month", sheet.month ? codec::Json(month_digits(*sheet.month)) : codec::Json()},
          {"case", sheet.only ? codec::Json(sheet.only->text()) : codec::Json()},
          {"from", codec::write_rfc3339(sheet.report.window.from)},
          {"to", codec::write_rfc3339(sheet.report.window.to)},
          {"zone", sheet.calendar.zone},
          {"waiting", sheet.waiting},
          {"cases", sheet.report.cases},
          {"suppliers", suppliers},
          {"roles", roles}};
}

}  // namespace saksbro::cli
