#include "connectors/mail/record.h"

#include <algorithm>
#include <array>

#include "bridge/codec/digest.h"
#include "bridge/codec/phrase_json.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::mail {
namespace {

constexpr std::array<std::string_view, 10> kKept{
    "authentication-results", "auto-submitted", "precedence",    "return-path",
    "delivered-to",           "envelope-to",    "x-original-to", "list-id",
    "list-unsubscribe",       "list-post"};

Json headers_json(const codec::IncomingMail& mail) {
  Json headers = Json::array();
  for (const auto& [name, value] : mail.headers) {
    if (std::find(kKept.begin(), kKept.end(), name) != kKept.end())
      headers.push_back({name, value});
  }
  return headers;
}

std::vector<std::string> texts(const Json& list) {
  std::vector<std::string> all;
  for (const Json& one : list) {
    if (one.is_string()) all.push_back(one.get<std::string>());
  }
  return all;
}

std::vector<codec::MimeFile> files_in(const Json& list) {
  std::vector<codec::MimeFile> all;
  for (const Json& one : list) {
    const auto size = codec::integer_at(one, "size").value_or(0);
    all.push_back({codec::text_or(one, "name", ""), codec::text_or(one, "type", ""),
                   codec::text_or(one, "section", ""), codec::text_or(one, "encoding", ""),
                   size < 0 ? 0 : static_cast<std::uint64_t>(size)});
  }
  return all;
}

std::uint32_t number(const Json& record, std::string_view path) {
  return static_cast<std::uint32_t>(codec::integer_at(record, path).value_or(0));
}

}  // namespace

std::string write_opened(const Opened& opened) {
  return codec::write_json({{"opened",
                             {{"thread", opened.thread.text()},
                              {"title", opened.title},
                              {"text", opened.text},
                              {"marker", opened.marker}}}});
}

Opened read_opened(const Json& record) {
  return {RemoteKey(codec::text_or(record, "opened.thread", "")),
          codec::text_or(record, "opened.title", ""), codec::text_or(record, "opened.text", ""),
          codec::text_or(record, "opened.marker", "")};
}

std::string write_came(const Came& came) {
  Json mail = {{"validity", came.place.validity},
               {"uid", came.place.uid},
               {"received", codec::write_rfc3339(came.place.received)}};
  if (!came.skipped.empty()) {
    mail["skipped"] = codec::phrase_json(came.skipped);
    return codec::write_json({{"mail", std::move(mail)}});
  }
  mail["message_id"] = came.mail.message_id;
  mail["in_reply_to"] = came.mail.in_reply_to;
  mail["references"] = came.mail.references;
  mail["from"] = {{"name", came.mail.from.name}, {"address", came.mail.from.address}};
  for (const codec::Mailbox& one : came.mail.reply_to)
    mail["reply_to"].push_back({{"name", one.name}, {"address", one.address}});
  mail["recipients"] = came.mail.recipients;
  mail["subject"] = came.mail.subject;
  mail["text"] = came.mail.text;
  mail["attachments"] = came.mail.attachments;
  for (const codec::MimeFile& file : came.mail.files)
    mail["files"].push_back({{"name", file.name},
                             {"type", file.type},
                             {"section", file.section},
                             {"encoding", file.encoding},
                             {"size", file.size}});
  mail["headers"] = headers_json(came.mail);
  return codec::write_json({{"mail", std::move(mail)}});
}

Came read_came(const Json& record) {
  const Json& mail = codec::at_path(record, "mail");
  Came came;
  came.place = {number(mail, "validity"), number(mail, "uid"),
                codec::parse_rfc3339(codec::text_or(mail, "received", "")).value_or(Instant{})};
  came.skipped = codec::phrase_from(codec::at_path(mail, "skipped"));
  came.mail.message_id = codec::text_or(mail, "message_id", "");
  came.mail.in_reply_to = texts(codec::at_path(mail, "in_reply_to"));
  came.mail.references = texts(codec::at_path(mail, "references"));
  came.mail.from = {codec::text_or(mail, "from.name", ""),
                    codec::text_or(mail, "from.address", "")};
  for (const Json& one : codec::at_path(mail, "reply_to"))
    came.mail.reply_to.push_back(
        {codec::text_or(one, "name", ""), codec::text_or(one, "address", "")});
  came.mail.recipients = texts(codec::at_path(mail, "recipients"));
  came.mail.subject = codec::text_or(mail, "subject", "");
  came.mail.text = codec::text_or(mail, "text", "");
  came.mail.attachments = texts(codec::at_path(mail, "attachments"));
  came.mail.files = files_in(codec::at_path(mail, "files"));
  for (const Json& header : codec::at_path(mail, "headers")) {
    const auto pair = texts(header);
    if (pair.size() == 2) came.mail.headers.emplace_back(pair[0], pair[1]);
  }
  return came;
}

// Not the Message-ID alone: who guessed one could keep the real mail from being seen.
std::string id_of(const Came& came) {
  const codec::IncomingMail& mail = came.mail;
  const std::string place =
      std::to_string(came.place.validity) + "/" + std::to_string(came.place.uid);
  const std::string what =
      mail.message_id.empty() || !came.skipped.empty()
          ? place
          : mail.message_id + "\n" + mail.from.address + "\n" + mail.subject + "\n" + mail.text;
  return codec::to_hex(codec::sha256(what)).substr(0, 32);
}

}  // namespace saksbro::mail
