// What a person sees in the tracker that he works in: asserted ticket by ticket, by his own key.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "tests/rig/mail_server.h"
#include "tests/rig/redmine_user.h"
#include "tests/rig/rt_user.h"

namespace saksbro::e2e {

// One look at a ticket.
struct Seen {
  std::string status;
  std::vector<std::string> texts;             // notes, replies and comments that he may read
  std::vector<std::string> case_notes;        // there must be one
  std::map<std::string, std::string> fields;  // custom fields; of several values the first
  std::string all;                            // everything above, and title and description
};
[[nodiscard]] Seen look(const rig::RedmineUser& who, int issue);
[[nodiscard]] Seen look(const rig::RtUser& who, int ticket);

// Parts of what is to be seen; what is left empty is not looked at.
struct Sight {
  std::string status = {};
  std::vector<std::string> texts = {};  // each in one text
  std::vector<std::string> note = {};   // each in the case note
  std::map<std::string, std::string> fields = {};
};

// Waits until he sees all of it, and the case note once; throws with what he sees instead.
void sees(const rig::RedmineUser& who, int issue, const Sight& awaited);
void sees(const rig::RtUser& who, int ticket, const Sight& awaited);

// None of the words anywhere on the ticket, now: settle first.
void sees_nothing_of(const rig::RedmineUser& who, int issue, const std::vector<std::string>& words);
void sees_nothing_of(const rig::RtUser& who, int ticket, const std::vector<std::string>& words);

// In how many texts on the ticket he sees it, the case note not counted.
[[nodiscard]] int times_seen(const Seen& seen, const std::string& part);

// Waits for his ticket in that queue with the desk's number on it.
[[nodiscard]] int ticket_of(const rig::RtUser& who, const std::string& queue, int issue);
// Waits for his issue, in his project, with that title.
[[nodiscard]] int issue_of(const rig::RedmineUser& who, const std::string& subject);

struct Letter {
  std::string from;
  std::string subject;
  std::string text;
  std::string message_id;
};
[[nodiscard]] std::vector<Letter> letters(const rig::RealMail& mail, const std::string& address);
// Waits for a mail with that in its subject or its text, in an account's inbox.
Letter letter(const rig::RealMail& mail, const std::string& address, const std::string& part);

// The address of the page that stands behind those words in a text.
[[nodiscard]] std::string link_after(const std::string& text, const std::string& words);
// Opens the page and presses its button, as somebody without an account does. What the page says.
std::string press(const std::string& link, const std::string& words = "");

}  // namespace saksbro::e2e
