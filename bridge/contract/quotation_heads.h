// How mail programs and trackers introduce what they quote. Internal to contract.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro {

// Lines as they are compared: plain blanks, none at the ends.
using PlainLines = std::vector<std::string>;

// How many lines from `at` on say when somebody wrote what follows: "Den 1. jan. 2026 kl. 10.00
// skrev Kari:", "On Sun, Acme wrote:". Programs fold it into three lines at most. 0: none.
[[nodiscard]] std::size_t attribution_at(const PlainLines& lines, std::size_t at);

// "Kari skrev:", "Acme wrote in #note-3:". That says little: it counts above a quoted line only.
[[nodiscard]] bool names_a_writer(std::string_view line);

// The head of the mail that is answered or forwarded, as Outlook and others put it: "Fra: ..." and
// soon "Sendt: ...", "-----Opprinnelig melding-----". What follows has no marks of its own.
[[nodiscard]] bool mail_head_at(const PlainLines& lines, std::size_t at);

// "---------- Forwarded message ---------", "Videresendt melding".
[[nodiscard]] bool begins_a_forwarded_mail(std::string_view line);

}  // namespace saksbro
