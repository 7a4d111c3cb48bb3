#include "tests/e2e/connected.h"

#include <httplib.h>

#include <algorithm>
#include <stdexcept>

#include "bridge/codec/digest.h"
#include "connectors/registry.h"

namespace saksbro::e2e {
namespace {

const SystemName kName("tested");

Headers headers_of(const httplib::Response& response) {
  Headers headers;
  for (const auto& [name, value] : response.headers) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    headers[lower] = value;
  }
  return headers;
}

}  // namespace

Setting::Entry set(const std::string& key,
                   std::variant<Setting::Text, Secret, Setting::List, Setting::Map> value) {
  return {key, Setting{key, key, std::move(value)}};
}

Connected::Connected(const std::string& connector, Setting::Map settings) {
  auto configured =
      connectors().at(connector)(kName, Setting{"settings", "settings", std::move(settings)});
  if (!configured) throw std::runtime_error(configured.error().front().text());
  system_ = std::move(*configured);
}

BlobRef Connected::hold(const std::string& bytes) const {
  const BlobRef blob{codec::to_hex(codec::sha256(bytes)), bytes.size()};
  spool_[blob.sha256] = bytes;
  return blob;
}

std::string Connected::body_of(const Call& call) const {
  std::string body = call.body;
  for (const BodyPart& part : call.parts)
    body += part.text + (part.blob ? spool_.at(part.blob->sha256) : "");
  return body;
}

Exchange Connected::made(const Call& call) const {
  const auto path = call.url.find('/', call.url.find("://") + 3);
  httplib::Client client(call.url.substr(0, path));
  client.set_read_timeout(30);
  httplib::Request request;
  request.method = call.method;
  request.path = call.url.substr(path);
  for (const auto& [name, value] : call.headers) request.headers.emplace(name, value);
  request.body = body_of(call);
  const httplib::Result answer = client.send(request);
  if (!answer) throw std::runtime_error(call.url + ": " + httplib::to_string(answer.error()));
  Answer told{answer->status, headers_of(*answer), answer->body};
  if (call.download && told.status / 100 == 2) {
    told.body.clear();
    if (answer->body.size() <= call.download->bytes_most) told.blob = hold(answer->body);
  }
  return {call, std::move(told),
          std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())};
}

std::string Connected::fetched(const FetchFile& action) const {
  const Outcome ended = outcome(action, 1);
  const auto* done = std::get_if<Delivered>(&ended);
  if (done == nullptr || !done->file) throw std::runtime_error(action.name + " was not fetched");
  return spool_.at(done->file->sha256);
}

Outcome Connected::outcome(const Action& action, int attempt) const {
  const Command command{IdempotencyKey("test"), kName, action, attempt};
  std::vector<Exchange> talk;
  for (;;) {
    Step step = system_->perform(command, talk);
    if (auto* outcome = std::get_if<Outcome>(&step)) return std::move(*outcome);
    talk.push_back(made(std::get<Call>(step)));
  }
}

Ticket Connected::perform(const Action& action, int attempt) const {
  const Outcome ended = outcome(action, attempt);
  if (const auto* done = std::get_if<Delivered>(&ended)) {
    return std::get<TicketState>(said(DeliveryKind::answer, done->snapshot).at(0)).ticket;
  }
  const auto* later = std::get_if<RetryLater>(&ended);
  throw std::runtime_error(later != nullptr ? in_english(later->why)
                                            : in_english(std::get<Rejected>(ended).why));
}

std::string Connected::rejected(const Action& action) const {
  const Outcome ended = outcome(action, 1);
  const auto* refused = std::get_if<Rejected>(&ended);
  if (refused == nullptr) throw std::runtime_error(std::string(verb(action)) + " is not rejected");
  return in_english(refused->why);
}

std::string Connected::gone(const ReadTicket& action) const {
  const Outcome ended = outcome(action, 1);
  const auto* done = std::get_if<Delivered>(&ended);
  if (done == nullptr) throw std::runtime_error(action.ticket.text() + " was not read");
  return in_english(std::get<TicketGone>(said(DeliveryKind::answer, done->snapshot).at(0)).why);
}

std::vector<Observation> Connected::poll() const {
  std::vector<Observation> all;
  Page page{{}, {}, true};
  while (page.more) {
    std::vector<Exchange> talk;
    PollStep step = system_->poll(page.next, talk);
    while (const auto* call = std::get_if<Call>(&step)) {
      talk.push_back(made(*call));
      step = system_->poll(page.next, talk);
    }
    if (const auto* later = std::get_if<RetryLater>(&step))
      throw std::runtime_error(in_english(later->why));
    page = std::get<Page>(std::move(step));
    for (const Polled& found : page.found) {
      for (auto& one : said(DeliveryKind::poll, found.body)) all.push_back(std::move(one));
    }
  }
  return all;
}

std::vector<Observation> Connected::arrived(const Arrival& arrival) const {
  if (const auto id = system_->accept(arrival); !id) throw std::runtime_error(id.error().text());
  return said(DeliveryKind::webhook, arrival.body);
}

std::vector<Observation> Connected::said(DeliveryKind kind, const std::string& body) const {
  auto observed = system_->normalise({kName, DeliveryId("test"), kind, {}, body});
  if (!observed) throw std::runtime_error(observed.error().text());
  return std::move(*observed);
}

}  // namespace saksbro::e2e
