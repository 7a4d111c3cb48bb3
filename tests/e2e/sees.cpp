#include "tests/e2e/sees.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "bridge/codec/mime/mime.h"
#include "tests/rig/eventually.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto kSoon = 40s;
constexpr auto kBetweenLooks = 500ms;  // each look costs the tracker some calls

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool any_has(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return has(text, part); });
}

// What keeps Redmine from reading our words as markup cannot be seen.
std::string without_word_joiners(std::string text) {
  const std::string joiner = "\u2060";
  for (auto at = text.find(joiner); at != text.npos; at = text.find(joiner, at))
    text.erase(at, joiner.size());
  return text;
}

void sort_out(Seen& seen, std::string text) {
  if (text.empty()) return;
  text = without_word_joiners(std::move(text));
  seen.all += text + "\n";
  (has(text, "/note]") ? seen.case_notes : seen.texts).push_back(std::move(text));
}

void keep_fields(Seen& seen, const json& fields, const char* value) {
  for (const json& field : fields) {
    const json& given = field.contains(value) ? field.at(value) : json();
    const json& first = given.is_array() && !given.empty() ? given.front() : given;
    if (!first.is_string()) continue;
    seen.fields[field.at("name")] = first;
    seen.all += first.get<std::string>() + "\n";
  }
}

// What lacks, in words; empty when all is there.
std::string lacking(const Seen& seen, const Sight& awaited) {
  std::string lacks;
  if (!awaited.status.empty() && seen.status != awaited.status)
    lacks += "\n  the status " + awaited.status;
  for (const std::string& part : awaited.texts) {
    if (!any_has(seen.texts, part)) lacks += "\n  the text \"" + part + "\"";
  }
  if (!awaited.note.empty() && seen.case_notes.size() != 1) lacks += "\n  one case note";
  for (const std::string& part : awaited.note) {
    if (!any_has(seen.case_notes, part)) lacks += "\n  in the case note \"" + part + "\"";
  }
  for (const auto& [field, value] : awaited.fields) {
    const auto there = seen.fields.find(field);
    if (there == seen.fields.end() || there->second != value)
      lacks += "\n  " + field + " = \"" + value + "\"";
  }
  return lacks;
}

template <class Who>
void await(const Who& who, int ticket, const Sight& awaited) {
  const auto until = std::chrono::steady_clock::now() + rig::kPatience * kSoon;
  rig::BetweenLooks looks(kBetweenLooks);
  for (;;) {
    looks.begin();
    const Seen seen = look(who, ticket);
    if (seen.case_notes.size() > 1)
      throw std::runtime_error("more than one case note:\n" + seen.all);
    const std::string lacks = lacking(seen, awaited);
    if (lacks.empty()) return;
    if (std::chrono::steady_clock::now() >= until) {
      throw std::runtime_error(who.name() + " waited in vain on ticket " + std::to_string(ticket) +
                               " for" + lacks + "\nand sees: " + seen.status + "\n" + seen.all);
    }
    looks.pause();
  }
}

template <class Who>
void expect_nothing_of(const Who& who, int ticket, const std::vector<std::string>& words) {
  const Seen seen = look(who, ticket);
  for (const std::string& word : words) {
    EXPECT_FALSE(has(seen.all, word))
        << who.name() << " sees \"" << word << "\" on ticket " << ticket << ":\n"
        << seen.all;
  }
}

}  // namespace

Seen look(const rig::RedmineUser& who, int issue) {
  const json shown = who.issue(issue);
  Seen seen;
  seen.status = shown.at("status").at("name");
  seen.all = shown.at("subject").get<std::string>() + "\n";
  sort_out(seen, shown.value("description", ""));
  for (std::string& text : rig::notes(shown)) sort_out(seen, std::move(text));
  keep_fields(seen, shown.value("custom_fields", json::array()), "value");
  return seen;
}

Seen look(const rig::RtUser& who, int ticket) {
  const json shown = who.ticket(ticket);
  Seen seen;
  seen.status = shown.at("Status");
  seen.all = shown.at("Subject").get<std::string>() + "\n";
  for (rig::RtEntry& entry : who.history(ticket)) sort_out(seen, std::move(entry.content));
  keep_fields(seen, shown.value("CustomFields", json::array()), "values");
  if (const auto note = seen.fields.find("Saksnotat"); note != seen.fields.end())
    seen.case_notes.push_back(note->second);
  return seen;
}

void sees(const rig::RedmineUser& who, int issue, const Sight& awaited) {
  await(who, issue, awaited);
}

void sees(const rig::RtUser& who, int ticket, const Sight& awaited) { await(who, ticket, awaited); }

void sees_nothing_of(const rig::RedmineUser& who, int issue,
                     const std::vector<std::string>& words) {
  expect_nothing_of(who, issue, words);
}

void sees_nothing_of(const rig::RtUser& who, int ticket, const std::vector<std::string>& words) {
  expect_nothing_of(who, ticket, words);
}

int times_seen(const Seen& seen, const std::string& part) {
  return static_cast<int>(std::count_if(seen.texts.begin(), seen.texts.end(),
                                        [&](const std::string& text) { return has(text, part); }));
}

int ticket_of(const rig::RtUser& who, const std::string& queue, int issue) {
  const std::string query =
      "Queue = '" + queue + "' AND CF.{Kundens saksnummer} = '#" + std::to_string(issue) + "'";
  return rig::eventually(
      "a ticket of " + who.name() + " in " + queue, kSoon,
      [&] {
        const auto found = who.find(query);
        if (found.size() > 1) throw std::runtime_error("there are several");
        return found.empty() ? 0 : found.front();
      },
      kBetweenLooks);
}

int issue_of(const rig::RedmineUser& who, const std::string& subject) {
  return rig::eventually(
      "an issue of " + who.name() + ": " + subject, kSoon,
      [&] {
        const auto found = who.find(subject);
        if (found.size() > 1) throw std::runtime_error("there are several");
        return found.empty() ? 0 : found.front();
      },
      kBetweenLooks);
}

std::vector<Letter> letters(const rig::RealMail& mail, const std::string& address) {
  std::vector<Letter> all;
  for (const std::string& one : mail.inbox(address)) {
    const auto read = codec::read_mail(one, "test");
    if (read) all.push_back({read->from.address, read->subject, read->text, read->message_id});
  }
  return all;
}

Letter letter(const rig::RealMail& mail, const std::string& address, const std::string& part) {
  return *rig::eventually(
      "a mail to " + address + ": " + part, kSoon,
      [&]() -> std::optional<Letter> {
        for (const Letter& one : letters(mail, address)) {
          if (has(one.subject + "\n" + one.text, part)) return one;
        }
        return std::nullopt;
      },
      kBetweenLooks);
}

std::string link_after(const std::string& text, const std::string& words) {
  const auto at = text.find(words);
  const auto from = at == text.npos ? at : text.find("http://", at);
  if (from == text.npos) throw std::runtime_error("no link after \"" + words + "\" in:\n" + text);
  return text.substr(from, text.find_first_of(" \n\r", from) - from);
}

std::string press(const std::string& link, const std::string& words) {
  const auto path = link.find("/s/");
  if (path == link.npos) throw std::runtime_error("no link of ours: " + link);
  httplib::Client client(link.substr(0, path));
  const auto page = client.Get(link.substr(path));
  if (!page || page->status != 200) throw std::runtime_error("the page is not shown: " + link);
  const auto thanks =
      client.Post(link.substr(path), httplib::Params{{"text", words}, {"seen", ""}});
  if (!thanks || thanks->status != 200)
    throw std::runtime_error("the answer is not taken: " + (thanks ? thanks->body : link));
  return thanks->body;
}

}  // namespace saksbro::e2e
