#include "connectors/rt/texts.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "bridge/codec/mime/mime_flowed.h"
#include "bridge/codec/mime/mime_parts.h"
#include "connectors/rt/ticket.h"

namespace saksbro::rt {
namespace {

using codec::Json;
using codec::MimePart;

constexpr std::size_t kTextBytesMost = 256U * 1024U;  // as of mails
constexpr int kDepthMost = 10;

MimePart part_from(const Json& text) {
  MimePart part;
  part.type = codec::text_or(text, "ContentType", "");
  if (part.type.starts_with("text/"))
    part.text = with_line_feeds(codec::text_or(text, "Content", ""));
  if (codec::text_or(text, "Format", "") == "flowed")
    part.text = codec::unflowed(part.text, codec::text_or(text, "DelSp", "") == "yes");
  return part;
}

// The parts of one transaction, by what they are parts of.
class Parts {
 public:
  explicit Parts(const std::vector<const Json*>& texts) {
    for (const Json* text : texts) {
      children_[codec::text_or(*text, "Parent", "")].push_back(text);
      ids_.insert(codec::text_or(*text, "id", ""));
    }
  }

  MimePart whole() {
    std::vector<MimePart> tops = within("", 0);
    for (const auto& [parent, parts] : children_) {
      if (parent.empty() || ids_.contains(parent)) continue;
      // It is a mail with a file's name, which is not fetched.
      MimePart mail;
      mail.type = "message/rfc822";
      tops.push_back(std::move(mail));
    }
    if (tops.size() == 1) return std::move(tops.front());
    MimePart all;
    all.type = "multipart/alternative";
    all.parts = std::move(tops);
    return all;
  }

 private:
  std::vector<MimePart> within(const std::string& parent, int depth) {
    std::vector<MimePart> parts;
    const auto found = children_.find(parent);
    if (found == children_.end() || depth > kDepthMost) return parts;
    for (const Json* text : found->second) {
      parts.push_back(part_from(*text));
      const std::string id = codec::text_or(*text, "id", "");
      if (!id.empty()) parts.back().parts = within(id, depth + 1);
    }
    return parts;
  }

  std::map<std::string, std::vector<const Json*>> children_;
  std::set<std::string> ids_;
};

}  // namespace

Texts::Texts(const Json& texts) {
  if (!texts.is_array()) return;
  for (const Json& text : texts)
    by_transaction_[codec::text_or(text, "TransactionId", "")].push_back(&text);
}

std::string Texts::of(const std::string& transaction) const {
  const auto found = by_transaction_.find(transaction);
  if (found == by_transaction_.end()) return {};
  codec::MimeText read = codec::words_of(Parts(found->second).whole(), kTextBytesMost);
  return codec::with_attachment_names(std::move(read.text), read.attachments);
}

}  // namespace saksbro::rt
