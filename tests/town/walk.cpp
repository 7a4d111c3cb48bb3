#include "tests/town/walk.h"

#include <algorithm>

namespace saksbro::chaos {
namespace {

std::string hash(int number) { return "#" + std::to_string(number); }

bool has_comment(const fakes::Ticket& ticket, const std::string& part) {
  return std::any_of(ticket.events.begin(), ticket.events.end(), [&](const auto& event) {
    return !event.text.starts_with("Saksbro SAK-") && event.text.find(part) != std::string::npos;
  });
}

// Every byte there is, and none of another file.
std::string bytes_of(int number, std::size_t size) {
  std::string bytes = "file " + std::to_string(number) + "\n";
  for (std::size_t i = bytes.size(); i < size; ++i)
    bytes += static_cast<char>((i * 7 + static_cast<std::size_t>(number)) & 0xFFU);
  return bytes;
}

bool has_file(const fakes::Ticket& ticket, const fakes::File& file) {
  return std::any_of(ticket.events.begin(), ticket.events.end(), [&](const auto& event) {
    return std::any_of(event.files.begin(), event.files.end(),
                       [&](const fakes::File& one) { return one.name == file.name; });
  });
}

}  // namespace

const char* name(Way way) {
  constexpr const char* kNames[] = {"technical", "functional", "system", "reported"};
  return kNames[static_cast<int>(way)];
}

Walk::Walk(Town& town, Way way, int number, int replies)
    : town_(town), way_(way), number_(number), replies_left_(replies) {
  next(way == Way::reported ? &Walk::reports : &Walk::registers, "its beginning");
}

std::string Walk::supplier() const {
  if (way_ == Way::functional) return "third_line";
  return way_ == Way::system ? "lonn" : "operator";
}

std::string Walk::title() const { return "Feil nummer " + std::to_string(number_) + " hos oss"; }

std::string Walk::words() const {
  return "walk " + std::to_string(number_) + " (" + name(way_) + ", desk " + hash(issue_) + ", " +
         supplier() + " " + hash(ticket_) + ") waits for " + waits_for_;
}

bool Walk::step() { return !done() && (this->*step_)(); }

void Walk::next(Step then, const std::string& waits_for) {
  step_ = then;
  waits_for_ = waits_for;
}

bool Walk::desk_is(const std::string& status) const {
  const auto seen = desk().find(issue_);
  return seen && seen->status == status;
}

void Walk::say(const std::string& who, const std::string& text, bool internal) const {
  (void)desk().change(who, issue_, {.text = text, .internal = internal});
}

bool Walk::registers() {
  issue_ = desk().open(kPer, "saksportal", "Sak nummer " + std::to_string(number_),
                       "Det virker ikke, æøå.",
                       {{"Virksomhet", "UDE"}, {"Sluttbruker", "Ola"}, {"Eier 1. linje", "Per"}});
  next(&Walk::takes, "the case's number on the issue");
  return true;
}

bool Walk::reports() {
  ticket_ =
      there().open(kLeif, supplier(), title(), "Databasen svarer ikke.",
                   {{"Alvorlighet", "A - kritisk"}, {"Feilkategori", "Teknisk applikasjonsfeil"}});
  next(&Walk::finds_issue, "the desk's number at the operator");
  return true;
}

bool Walk::finds_issue() {
  const auto seen = there().find(ticket_);
  const std::string number = seen ? seen->fields.at(kCustomerNumber) : "";
  if (number.empty()) return false;
  issue_ = std::stoi(number.substr(1));
  // Every other one answers at once: then an alert that could not be sent yet is not sent at all.
  if (number_ % 2 == 0) {
    next(&Walk::answers_the_question, "the question whether to inform");
  } else {
    next(&Walk::sees_the_alert, "the alert");
  }
  return true;
}

bool Walk::sees_the_alert() {
  const auto alerts = town_.system("vakt").state.all();
  const bool there = std::any_of(alerts.begin(), alerts.end(), [&](const fakes::Ticket& alert) {
    return alert.text.find(title()) != std::string::npos;
  });
  if (there) next(&Walk::answers_the_question, "the question whether to inform");
  return there;
}

fakes::File Walk::new_file(bool at_desk) {
  const auto count = static_cast<int>(given_.size()) + 1;
  fakes::File file{.name = (at_desk ? "desk" : "drift") + std::to_string(number_) + "x" +
                           std::to_string(count) + ".bin",
                   .type = "application/octet-stream",
                   .bytes = bytes_of(number_ * 10 + count,
                                     static_cast<std::size_t>(number_ * 97 + count * 31) % 40'000)};
  given_.push_back({at_desk, file});
  return file;
}

bool Walk::has_files(bool at_desk) const {
  const auto there_or_desk = at_desk ? there().find(ticket_) : desk().find(issue_);
  return there_or_desk && std::all_of(given_.begin(), given_.end(), [&](const Given& one) {
           return one.at_desk != at_desk || has_file(*there_or_desk, one.file);
         });
}

bool Walk::takes() {
  const auto seen = desk().find(issue_);
  if (!seen || seen->fields.at(kCaseNumber).empty()) return false;
  (void)desk().change(kKari, issue_, {.status = "Under arbeid"});
  next(&Walk::forwards, "nothing");
  return true;
}

bool Walk::forwards() {
  if (way_ == Way::technical) say(kKari, "Dette er teknisk.\n/sak videresend drift", true);
  if (way_ == Way::functional) say(kKari, "/sak videresend 3. linje", true);
  if (way_ == Way::system) {
    (void)desk().change(kKari, issue_, {.fields = {{"Fagsystem", "Lønn"}}});
    (void)desk().change(kKari, issue_, {.fields = {{"Feiltype", "Integrert system"}}});
  }
  next(&Walk::finds_ticket, "the supplier's ticket, and its number at the desk");
  return true;
}

bool Walk::finds_ticket() {
  for (const fakes::Ticket& ticket : there().all()) {
    if (ticket.fields.at(kCustomerNumber) == hash(issue_)) ticket_ = ticket.id;
  }
  const auto seen = desk().find(issue_);
  if (ticket_ == 0 || !seen || seen->fields.at(kSupplierNumber) != hash(ticket_)) return false;
  if (way_ == Way::functional) {
    next(&Walk::sees_the_desks_file, "the desk's file at the supplier");
  } else {
    next(&Walk::answers_the_question, "the question whether to inform");
  }
  return true;
}

bool Walk::answers_the_question() {
  const auto seen = desk().find(issue_);
  if (!seen || !has_comment(*seen, "/sak info nei")) return false;
  if (way_ == Way::reported) say(kKari, "/sak kvittert", true);
  say(kKari, "/sak info nei", true);
  next(&Walk::sees_the_desks_file, "the desk's file at the supplier");
  return true;
}

bool Walk::sees_the_desks_file() {
  if (given_.empty())
    (void)desk().change(kKari, issue_,
                        {.text = "Se vedlegget.", .internal = false, .files = {new_file(true)}});
  if (!has_files(true)) return false;
  next(&Walk::replies, "nothing");
  return true;
}

bool Walk::replies() {
  if (said_.empty()) (void)there().change(kLeif, ticket_, {.status = "under behandling"});
  if (replies_left_-- <= 0) {
    next(&Walk::sees_the_files, "the supplier's files at the desk");
    return true;
  }
  said_.push_back("Svar" + std::to_string(number_) + "x" + std::to_string(said_.size() + 1) + "z");
  fakes::Change reply{.text = "Vi ser på det. " + said_.back(), .internal = false};
  if (said_.size() % 2 == 1) reply.files = {new_file(false)};
  (void)there().change(kLeif, ticket_, reply);
  return true;
}

bool Walk::sees_the_files() {
  if (!has_files(false)) return false;
  next(&Walk::solves, "nothing");
  return true;
}

bool Walk::solves() {
  (void)there().change(kLeif, ticket_,
                       {.text = "Tjenesten er startet på nytt.", .internal = false});
  (void)there().change(kLeif, ticket_, {.status = "løst"});
  next(&Walk::confirms, "LØST at the desk");
  return true;
}

bool Walk::confirms() {
  if (!desk_is("LØST")) return false;
  if (way_ != Way::reported) say(kPer, "/sak bekreftet Det virker igjen.", false);
  say(kPer, "/sak lukk", false);
  next(&Walk::sees_it_closed, "LUKKET at the desk and lukket at the supplier");
  return true;
}

bool Walk::sees_it_closed() {
  const auto seen = there().find(ticket_);
  if (!desk_is("LUKKET") || !seen || seen->status != "lukket") return false;
  next(nullptr, "");
  return true;
}

}  // namespace saksbro::chaos
