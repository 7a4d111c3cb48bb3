#include "bridge/contract/nearest.h"
#include "bridge/load/process_names.h"

namespace saksbro::load {
namespace {

using Channel = core::Organisation::Channel;

// { ticket: SYSTEM } or { comment: SYSTEM }, and { notice: CHANNEL, to: ADDRESS } beside it or
// alone.
void read_channel(const Setting& setting, SettingsReader& reader, ProcessNames& names,
                  core::Organisation& organisation) {
  const std::string ticket = reader.text_or("ticket", "");
  const std::string comment = reader.text_or("comment", "");
  const std::string notice = reader.text_or("notice", "");
  if (!notice.empty()) {
    organisation.channel = Channel::notice;
    organisation.notices = names.channel(*setting.find("notice"), notice).value_or(SystemName{});
    organisation.system = organisation.notices;
    organisation.address = reader.text("to");
  }
  if (!ticket.empty()) {
    organisation.channel = Channel::ticket;
    organisation.system = names.tracker(*setting.find("ticket"), ticket).value_or(SystemName{});
  } else if (!comment.empty()) {
    organisation.channel = Channel::comment;
    organisation.system = names.tracker(*setting.find("comment"), comment).value_or(SystemName{});
  } else if (notice.empty()) {
    reader.error(
        "expected how the organisation is notified: \"ticket\" (a system), \"comment\" (a system), "
        "or \"notice\" (a "
        "channel) and \"to\"");
  }
}

}  // namespace

void read_organisations(const Setting& file, const Known& known, core::Mapping& mapping,
                        Mentions& mentions, Errors& errors) {
  ProcessNames names(known, mentions, errors);
  SettingsReader reader(file);
  mapping.organisation_value = reader.text("value");
  if (!mapping.organisation_value.empty())
    names.reads_value(*file.find("value"), mapping.organisation_value);
  const Setting* map = reader.map("organisations");
  if (map == nullptr) reader.error("\"organisations\" is missing");
  names.collect(reader);
  if (map == nullptr) return;
  for (const auto& [id, setting] : std::get<Setting::Map>(map->value)) {
    core::Organisation organisation;
    organisation.id = id;
    organisation.where = setting.where;
    SettingsReader one(setting);
    organisation.name = one.text("name");
    read_channel(setting, one, names, organisation);
    names.collect(one);
    mapping.organisations.push_back(std::move(organisation));
  }
}

}  // namespace saksbro::load
