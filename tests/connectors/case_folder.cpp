#include "tests/connectors/case_folder.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "bridge/codec/rfc3339.h"
#include "tests/connectors/json_setting.h"

namespace saksbro::testcases {
namespace {

constexpr const char* kNoon = "2026-11-23T12:00:00Z";

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + ": cannot be read");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void allow_only(const Json& json, const std::set<std::string>& keys, const std::string& where) {
  for (const auto& [key, value] : json.items()) {
    if (!keys.contains(key)) throw std::runtime_error(where + ": unknown key \"" + key + "\"");
  }
}

Instant instant(const Json& json, const char* key, const char* fallback) {
  const std::string text = json.value(key, fallback);
  const auto parsed = codec::parse_rfc3339(text);
  if (!parsed) throw std::runtime_error("\"" + text + "\" is no RFC 3339 time");
  return *parsed;
}

std::map<std::string, std::string> texts(const Json& json) {
  std::map<std::string, std::string> all;
  for (const auto& [key, value] : json.items()) all[key] = value.get<std::string>();
  return all;
}

Visibility visibility_from(const std::string& word) {
  if (word == "internal") return Visibility::internal;
  if (word == "everyone") return Visibility::everyone;
  throw std::runtime_error("visibility is internal or everyone, not \"" + word + "\"");
}

std::uint64_t size_of(const Json& json) { return json.value("size", std::uint64_t{0}); }

BlobRef blob_from(const Json& json) { return {json.value("sha256", ""), size_of(json)}; }

std::vector<OutgoingFile> files_from(const Json& list) {
  std::vector<OutgoingFile> files;
  for (const Json& file : list) {
    allow_only(file, {"name", "media_type", "sha256", "size"}, "files");
    files.push_back({file.value("name", ""), file.value("media_type", ""), blob_from(file)});
  }
  return files;
}

Action action_from(const std::string& verb, const Json& json) {
  const auto text = [&](const char* key) { return json.value(key, std::string()); };
  const RemoteKey ticket(text("ticket"));
  const auto fields = texts(json.value("fields", Json::object()));
  if (verb == "create") {
    allow_only(json, {"title", "text", "fields", "marker"}, verb);
    return CreateTicket{text("title"), text("text"), fields, text("marker")};
  }
  if (verb == "status") {
    allow_only(json, {"ticket", "status", "via"}, verb);
    return SetStatus{ticket, text("status"), json.value("via", std::vector<std::string>())};
  }
  if (verb == "fields") {
    allow_only(json, {"ticket", "fields"}, verb);
    return SetFields{ticket, fields};
  }
  if (verb == "comment") {
    allow_only(json, {"ticket", "text", "reference", "visibility", "files"}, verb);
    return AddComment{ticket, text("text"), text("reference"),
                      visibility_from(json.value("visibility", "internal")),
                      files_from(json.value("files", Json::array()))};
  }
  if (verb == "read") {
    allow_only(json, {"ticket"}, verb);
    return ReadTicket{ticket};
  }
  if (verb == "alert") {
    allow_only(json, {"title", "text", "severity", "case_number", "link", "severity_title"}, verb);
    return RaiseAlert{text("title"),       text("text"), text("severity"),
                      text("case_number"), text("link"), text("severity_title")};
  }
  if (verb == "note") {
    allow_only(json, {"ticket", "text", "reference", "visibility"}, verb);
    return KeepNote{ticket, text("text"), text("reference"),
                    visibility_from(json.value("visibility", "internal"))};
  }
  if (verb == "notice") {
    allow_only(json, {"to", "title", "text", "link", "reference"}, verb);
    return SendNotice{text("to"), text("title"), text("text"), text("link"), text("reference")};
  }
  if (verb == "file") {
    allow_only(json, {"ticket", "id", "name", "place", "bytes_most", "size"}, verb);
    return FetchFile{ticket,
                     text("id"),
                     text("name"),
                     text("place"),
                     json.value("bytes_most", std::uint64_t{1024U * 1024U}),
                     size_of(json)};
  }
  if (verb == "update") {
    allow_only(json, {"ticket", "status", "fields", "comment"}, verb);
    UpdateTicket update{ticket, {}, fields, {}};
    for (const char* part : {"status", "comment"}) {
      if (json.contains(part)) (void)add_part(update, action_from(part, json.at(part)));
    }
    return with_ticket(update, ticket);
  }
  throw std::runtime_error("unknown verb \"" + verb + "\" in \"command\"");
}

DeliveryKind kind_from(const std::string& word) {
  if (word == "webhook") return DeliveryKind::webhook;
  if (word == "poll") return DeliveryKind::poll;
  if (word == "answer") return DeliveryKind::answer;
  throw std::runtime_error("a delivery's kind is webhook, poll or answer, not \"" + word + "\"");
}

std::vector<std::filesystem::path> sorted_folders(const std::filesystem::path& in) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::is_directory(in)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(in)) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<CaseFolder> all_case_folders() {
  std::vector<CaseFolder> cases;
  const std::filesystem::path root(SAKSBRO_SOURCE);
  auto connectors = sorted_folders(root / "connectors");
  connectors.push_back(root / "examples/connector/connectors/example_tracker");
  for (const auto& connector : connectors) {
    for (const auto& folder : sorted_folders(connector / "testcases")) {
      if (!std::filesystem::exists(folder / "case.json")) continue;  // recorded bodies to share
      cases.push_back({connector.filename().string(), folder.filename().string(), folder});
    }
  }
  return cases;
}

CaseFile::CaseFile(const CaseFolder& folder) : folder_(folder) {
  const auto path = folder.path / "case.json";
  json_ = Json::parse(read_bytes(path));
  allow_only(json_,
             {"about", "do", "settings", "arrival", "delivery", "cursor", "command", "answers",
              "show", "show_headers"},
             path.string());
  if (json_.value("about", "").empty()) {
    throw std::runtime_error(path.string() + ": \"about\" must say the rule in a sentence");
  }
  do_ = json_.value("do", "");
}

Setting CaseFile::settings() const {
  const auto shared = folder_.path.parent_path() / "settings.json";
  return setting_from(
      json_.contains("settings") ? json_["settings"] : Json::parse(read_bytes(shared)), "settings");
}

std::string CaseFile::body_of(const Json& part) const {
  if (part.contains("body_file")) {
    return read_bytes(folder_.path / part["body_file"].get<std::string>());
  }
  const Json body = part.value("body", Json(""));
  return body.is_string() ? body.get<std::string>() : body.dump();
}

Arrival CaseFile::arrival() const {
  const Json& part = json_.at("arrival");
  allow_only(part, {"method", "path", "headers", "body", "body_file", "peer", "at"}, "arrival");
  return {part.value("method", "POST"),
          part.value("path", "/"),
          texts(part.value("headers", Json::object())),
          body_of(part),
          part.value("peer", "192.0.2.1"),
          instant(part, "at", kNoon)};
}

Delivery CaseFile::delivery() const {
  const Json& part = json_.at("delivery");
  allow_only(part, {"kind", "id", "at", "body", "body_file"}, "delivery");
  return {SystemName("test"), DeliveryId(part.value("id", "delivery-1")),
          kind_from(part.value("kind", "webhook")), instant(part, "at", kNoon), body_of(part)};
}

Cursor CaseFile::cursor() const {
  const Json part = json_.value("cursor", Json::object());
  allow_only(part, {"since", "position"}, "cursor");
  return {instant(part, "since", "1970-01-01T00:00:00Z"), part.value("position", "")};
}

Command CaseFile::command() const {
  const Json& part = json_.at("command");
  allow_only(part,
             {"create", "status", "fields", "comment", "read", "alert", "note", "notice", "update",
              "file", "attempt", "key"},
             "command");
  Command command{IdempotencyKey(part.value("key", "cause/activity/test")), SystemName("test"),
                  ReadTicket{}, part.value("attempt", 1)};
  for (const auto& [verb, action] : part.items()) {
    if (action.is_object()) command.action = action_from(verb, action);
  }
  return command;
}

std::vector<Fate> CaseFile::answers() const {
  std::vector<Fate> fates;
  for (const Json& part : json_.value("answers", Json::array())) {
    allow_only(part,
               {"status", "headers", "body", "body_file", "not_sent", "in_doubt", "at", "blob",
                "blob_bytes"},
               "answers");
    if (part.contains("not_sent")) {
      fates.emplace_back(NotSent{Phrase(part["not_sent"].get<std::string>())});
    } else if (part.contains("in_doubt")) {
      fates.emplace_back(InDoubt{Phrase(part["in_doubt"].get<std::string>())});
    } else {
      Answer answer{part.value("status", 200), texts(part.value("headers", Json::object())),
                    body_of(part), std::nullopt};
      answer.blob_bytes = part.value("blob_bytes", std::uint64_t{0});
      if (part.contains("blob")) answer.blob = blob_from(part["blob"]);
      fates.emplace_back(std::move(answer));
    }
  }
  return fates;
}

Instant CaseFile::answered_at(std::size_t index) const {
  const Json answers = json_.value("answers", Json::array());
  return instant(index < answers.size() ? answers[index] : Json::object(), "at", kNoon);
}

std::vector<std::string> CaseFile::shown() const {
  return json_.value("show", std::vector<std::string>());
}

bool CaseFile::shows_headers() const { return json_.value("show_headers", false); }

}  // namespace saksbro::testcases
