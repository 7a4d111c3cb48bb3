#include "connectors/tracker/fetch_file.h"

#include "bridge/codec/url.h"
#include "connectors/rt/seen.h"
#include "connectors/rt/verbs.h"

namespace saksbro::rt {
namespace {

// Only of a file that is there: RT 5.0.3 answers 500 to all others.
StepOr<bool> is_listed(Conversation& conversation, const std::string& id) {
  const Json query = Json::array({Json{{"field", "id"}, {"operator", "="}, {"value", id}}});
  const auto reply =
      conversation.need("/attachments?query=" + codec::percent_encode(codec::write_json(query)) +
                        "&fields=TransactionId");
  if (!reply) return tl::unexpected(reply.error());
  for (const Json& item : codec::at_path(reply->body, "items")) {
    if (codec::text_or(item, "id", "") == id) return true;
  }
  return false;
}

}  // namespace

Step fetch_file(Conversation& conversation, const FetchFile& action) {
  const auto others_answer = [&]() -> std::optional<Step> {
    const auto seen = need_queue(conversation, "GET /REST/2.0/attachment/" + action.id, 404);
    return seen ? std::nullopt : std::optional(seen.error());
  };
  const auto listed = is_listed(conversation, action.id);
  if (!listed) return listed.error();
  if (!*listed) {
    if (auto step = others_answer()) return *std::move(step);
    return tracker::file_is_gone(action);
  }
  return tracker::fetch_file(conversation, action,
                             {.path = "/attachment/" + codec::percent_encode(action.id),
                              .form = Download::Form::json_base64,
                              .member = "Content",
                              .exact = true,  // RT may have kept a part of it (MaxAttachmentSize)
                              .others_answer = others_answer});
}

}  // namespace saksbro::rt
