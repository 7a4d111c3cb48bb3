#include "connectors/tracker/fetch_file.h"

namespace saksbro::tracker {
namespace {

// "20 MB", "300 kB": as the mapping writes it, where it leaves no rest.
std::string shown_size(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1024;
  if (bytes == 0 || bytes % kKilo != 0) return std::to_string(bytes) + " B";
  if (bytes % (kKilo * kKilo) != 0) return std::to_string(bytes / kKilo) + " kB";
  return std::to_string(bytes / (kKilo * kKilo)) + " MB";
}

}  // namespace

Outcome file_is_gone(const FetchFile& action) {
  return Rejected{
      Phrase("the file \"{file}\" is not there any more: it was deleted before it was fetched",
             {{"file", action.name}})};
}

Outcome file_is_hidden(const FetchFile& action) {
  return Rejected{Phrase("the file \"{file}\" is not shown to the bridge's user (403)",
                         {{"file", action.name}})};
}

Outcome file_has_another_size(const FetchFile& action, std::uint64_t came) {
  if (action.size == 0 || came > action.bytes_most)
    return Rejected{Phrase("the file \"{file}\" is larger than {most}",
                           {{"file", action.name}, {"most", shown_size(action.bytes_most)}})};
  return Rejected{Phrase(
      came > action.size
          ? Sentence("the file \"{file}\" is listed with {size}, and more bytes came: it was not "
                     "copied")
          : Sentence("the file \"{file}\" is listed with {size}, and only {came} came: it was not "
                     "copied"),
      {{"file", action.name}, {"size", shown_size(action.size)}, {"came", shown_size(came)}})};
}

Step fetch_file(Conversation& conversation, const FetchFile& action, const FileSource& source) {
  Call call = get(conversation.dialect(), source.path);
  if (!source.root.empty()) call.url = source.root + source.path;
  call.download = Download{action.bytes_most, source.form, source.member, action.size,
                           source.exact && action.size > 0};
  const auto reply = conversation.exchange(std::move(call), Conversation::Forbidden::is_told);
  if (!reply) return reply.error();
  if (is_success(*reply)) {
    if (!reply->blob) return file_has_another_size(action, reply->blob_bytes);
    return Outcome{Delivered{action.ticket, "", reply->blob}};
  }
  if (reply->status != 404 && reply->status != 410 && reply->status != 403)
    return conversation.dialect().refusal(*reply);
  if (auto step = source.others_answer()) return *std::move(step);
  return reply->status == 403 ? file_is_hidden(action) : file_is_gone(action);
}

}  // namespace saksbro::tracker
