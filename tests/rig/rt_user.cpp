#include "tests/rig/rt_user.h"

#include <httplib.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace saksbro::rig {
namespace {

using nlohmann::json;

constexpr int page_size = 100;  // RT gives no more
constexpr int patience_seconds = 30;

std::string path_of(int id) { return "/REST/2.0/ticket/" + std::to_string(id); }

// RT gives ids as numbers here and as texts there.
int number(const json& id) {
  return id.is_string() ? std::stoi(id.get<std::string>()) : id.get<int>();
}

// RT gives null for what there is nothing of: an empty file has no content.
std::string text_in(const json& item, const char* member) {
  const auto found = item.find(member);
  return found == item.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string query_encoded(const std::string& text) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += digits[byte >> 4U];
    result += digits[byte & 15U];
  }
  return result;
}

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Of nothing a line end: RT wants some text.
std::string to_base64(const std::string& bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned held = 0;
    for (std::size_t i = 0; i < 3; ++i)
      held =
          (held << 8U) | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i > bytes.size() ? '=' : base64_digits[(held >> (18U - 6U * i)) & 0x3FU];
  }
  return text.empty() ? "\n" : text;
}

std::string from_base64(const std::string& text) {
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    const auto digit = base64_digits.find(c);
    if (digit == base64_digits.npos) continue;
    held = (held << 6U) | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((held >> static_cast<unsigned>(bits)) & 0xFFU);
  }
  return bytes;
}

json plain(const std::string& text) { return {{"Content", text}, {"ContentType", "text/plain"}}; }

bool has_text(const std::string& type) {
  return type == "Create" || type == "Correspond" || type == "Comment";
}

}  // namespace

RtUser::RtUser(const RealRt& server, const std::string& name)
    : name_(name),
      url_(server.url()),
      rest_(server.url(), {"Authorization", "token " + server.token(name)}) {}

int RtUser::open(const std::string& queue, const std::string& subject, const std::string& content,
                 const std::map<std::string, std::string>& fields) const {
  json ticket = plain(content);
  ticket["Queue"] = queue;
  ticket["Subject"] = subject;
  if (!fields.empty()) ticket["CustomFields"] = fields;
  return number(rest_.post("/REST/2.0/ticket", ticket).at("id"));
}

void RtUser::reply(int id, const std::string& text) const {
  rest_.post(path_of(id) + "/correspond", plain(text));
}

void RtUser::comment(int id, const std::string& text) const {
  rest_.post(path_of(id) + "/comment", plain(text));
}

// RT breaks letters of a name beyond ASCII, unless it is an encoded word.
void RtUser::attach(int id, const std::string& text, const std::vector<PersonFile>& files,
                    bool internal) const {
  json message = plain(text);
  for (const PersonFile& file : files) {
    message["Attachments"].push_back({{"FileName", "=?UTF-8?B?" + to_base64(file.name) + "?="},
                                      {"FileType", file.type},
                                      {"FileContent", to_base64(file.bytes)}});
  }
  rest_.post(path_of(id) + (internal ? "/comment" : "/correspond"), message);
}

std::vector<PersonFile> RtUser::files(int id) const {
  std::vector<PersonFile> files;
  std::map<int, json> items;
  for (json& item : all(path_of(id) + "/attachments?fields=Filename,ContentType"))
    items.emplace(number(item.at("id")), std::move(item));
  for (const auto& [attachment, item] : items) {
    if (text_in(item, "Filename").empty()) continue;
    const json whole = rest_.get("/REST/2.0/attachment/" + std::to_string(attachment));
    files.push_back({text_in(item, "Filename"), text_in(item, "ContentType"),
                     from_base64(text_in(whole, "Content"))});
  }
  return files;
}

// As rt-mailgate hands it over.
void RtUser::mail(const std::string& queue, const std::string& message) const {
  httplib::Client gateway(url_);
  gateway.set_read_timeout(patience_seconds);
  const auto answer = gateway.Post(
      "/REST/1.0/NoAuth/mail-gateway",
      httplib::Params{{"queue", queue}, {"action", "correspond"}, {"message", message}});
  if (!answer || !answer->body.starts_with("ok"))
    throw std::runtime_error("RT did not take the mail: " + (answer ? answer->body : ""));
}

// RT answers 200 to a status that its lifecycle forbids, and leaves it as it was.
void RtUser::set_status(int id, const std::string& wanted) const {
  const json said = rest_.put(path_of(id), {{"Status", wanted}});
  if (const std::string now = status(id); now != wanted) {
    throw std::runtime_error(name_ + " may not set ticket " + std::to_string(id) + " from '" + now +
                             "' to '" + wanted + "': " + said.dump());
  }
}

void RtUser::set_field(int id, const std::string& name, const std::string& value) const {
  rest_.put(path_of(id), {{"CustomFields", {{name, value}}}});
}

json RtUser::ticket(int id) const { return rest_.get(path_of(id)); }

std::string RtUser::status(int id) const { return ticket(id).at("Status").get<std::string>(); }

// The history itself has no texts, whatever fields are asked for: they are attachments of their
// transactions.
std::vector<RtEntry> RtUser::history(int id) const {
  std::map<int, std::string> texts;
  for (const json& item :
       all(path_of(id) + "/attachments?fields=TransactionId,ContentType,Content")) {
    if (text_in(item, "ContentType") != "text/plain") continue;
    texts.emplace(number(item.at("TransactionId")), text_in(item, "Content"));
  }
  std::vector<RtEntry> entries;
  for (const json& item : all(path_of(id) + "/history?fields=Type,Creator")) {
    const std::string type = item.at("Type");
    entries.push_back(
        {type, item.at("Creator").at("id"), has_text(type) ? texts[number(item.at("id"))] : ""});
  }
  return entries;
}

// All items of a list: RT does not say how many there are.
json RtUser::all(const std::string& path) const {
  json items = json::array();
  for (int page = 1;; ++page) {
    const json found =
        rest_.get(path + "&per_page=" + std::to_string(page_size) + "&page=" + std::to_string(page))
            .at("items");
    items.insert(items.end(), found.begin(), found.end());
    if (found.size() < page_size) return items;
  }
}

std::vector<int> RtUser::find(const std::string& query) const {
  std::vector<int> ids;
  const json found = rest_.get("/REST/2.0/tickets?per_page=100&query=" + query_encoded(query));
  for (const json& item : found.at("items")) ids.push_back(number(item.at("id")));
  std::ranges::sort(ids);
  return ids;
}

}  // namespace saksbro::rig
