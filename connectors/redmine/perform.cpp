#include "bridge/codec/fit.h"
#include "connectors/redmine/issue.h"
#include "connectors/redmine/redmine_system.h"
#include "connectors/redmine/verbs.h"
#include "connectors/tracker/verbs.h"

namespace saksbro::redmine {
namespace {

constexpr tracker::Verbs<Conversation> kVerbs{
    .read_ticket = read_ticket,
    .create_ticket = create_ticket,
    .set_status = set_status,
    .set_fields = set_fields,
    .add_comment = add_comment,
    .keep_note = keep_note,
    .update_ticket = update_ticket,
    .fetch_file = fetch_file,
};

// On MySQL a text column takes 65,535 bytes, and what is longer is refused or cut there in silence.
constexpr std::size_t kTextBytesMost = 65'000;

std::string shortened(const std::string& text, std::string_view tail, TextFormat format) {
  std::string cut = text;
  for (std::size_t most = kTextBytesMost; escaped(cut, format).size() > kTextBytesMost;) {
    cut = codec::cut_before_tail(text, tail, most);
    most -= most / 8;
  }
  return cut;
}

// The action as this Redmine can store it: the same at each call of a conversation, so that what is
// read back is compared with it.
Action fit(const RedmineSettings& settings, const Action& action) {
  Action fit = codec::with_texts(action, [&](const std::string& text) {
    const std::string clean = codec::clean_text(text);
    return settings.four_bytes ? clean : codec::without_four_bytes(clean);
  });
  if (auto* create = std::get_if<CreateTicket>(&fit))
    create->text = shortened(create->text, "", settings.text_format);
  const auto shorten = [&](auto& one) {
    one.text = shortened(one.text, one.reference, settings.text_format);
  };
  if (auto* comment = std::get_if<AddComment>(&fit)) shorten(*comment);
  if (auto* note = std::get_if<KeepNote>(&fit)) shorten(*note);
  if (auto* update = std::get_if<UpdateTicket>(&fit); update != nullptr && update->comment)
    shorten(*update->comment);
  return fit;
}

}  // namespace

Step RedmineSystem::perform(const Command& command, Transcript so_far) const {
  Conversation conversation(settings_, so_far);
  return tracker::dispatch(kVerbs, conversation, fit(settings_, command.action), command.attempt);
}

}  // namespace saksbro::redmine
