#include "bridge/run/dispatch/adoption.h"

#include <algorithm>
#include <string_view>

namespace saksbro::run {
namespace {

// "[SAK-2026-00017/3]" at the end, as core signs; the number of the case is the same for all.
std::string_view without_signature(std::string_view text, std::string_view case_part) {
  const std::size_t signature = text.rfind(case_part);
  return signature == text.npos ? text : text.substr(0, signature);
}

std::string letters(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                        (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
    if (letter) kept += c;
  }
  return kept;
}

bool has(const Ticket& ticket, const std::string& reference) {
  return std::any_of(ticket.comments.begin(), ticket.comments.end(), [&](const Comment& comment) {
    return comment.text.find(reference) != std::string::npos;
  });
}

bool has_files(const Ticket& ticket, const AddComment& comment) {
  return std::all_of(comment.files.begin(), comment.files.end(), [&](const OutgoingFile& file) {
    return std::any_of(
        ticket.attachments.begin(), ticket.attachments.end(),
        [&](const Attachment& one) { return one.name == file.name && one.size == file.blob.size; });
  });
}

// "[SAK-2026-00017/3]" -> "[SAK-2026-00017/3.2]"
AddComment with_another_reference(AddComment comment, const Ticket& ticket) {
  const std::string first = comment.reference;
  for (int place = 2; has(ticket, comment.reference); ++place) {
    std::string next = first;
    next.insert(next.size() - 1, "." + std::to_string(place));
    comment.text.replace(comment.text.rfind(comment.reference), comment.reference.size(), next);
    comment.reference = std::move(next);
  }
  return comment;
}

}  // namespace

std::optional<AddComment> left_to_say(const AddComment& wanted, const Ticket& ticket) {
  const std::size_t slash = wanted.reference.find('/');
  if (slash == std::string::npos || wanted.text.rfind(wanted.reference) == std::string::npos)
    return wanted;
  const std::string case_part = wanted.reference.substr(0, slash + 1);
  const std::string words = letters(without_signature(wanted.text, case_part));
  const bool said =
      std::any_of(ticket.comments.begin(), ticket.comments.end(), [&](const Comment& comment) {
        return comment.text.find(case_part) != std::string::npos &&
               letters(without_signature(comment.text, case_part)) == words;
      });
  if (said && has_files(ticket, wanted)) return std::nullopt;
  return with_another_reference(wanted, ticket);
}

}  // namespace saksbro::run
