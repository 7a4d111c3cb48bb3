#include "bridge/run/web/answer_page.h"

#include <algorithm>

#include "bridge/codec/digest.h"
#include "bridge/codec/form.h"
#include "bridge/core/model/standing.h"
#include "bridge/core/text/text.h"
#include "bridge/records/link_record.h"
#include "bridge/run/observe/failpoint.h"
#include "bridge/run/observe/log.h"
#include "bridge/run/web/accept_language.h"

namespace saksbro::run {
namespace {

constexpr std::size_t kBodyMost = 8U * 1024U;
constexpr std::size_t kSeenMost = 20;  // digits

net::Response html(int status, core::Language language, std::string body) {
  net::Response response{status, "text/html; charset=utf-8", std::move(body), {}};
  response.headers = {{"Content-Security-Policy", page_policy()},
                      {"Content-Language", language == core::Language::nb ? "nb" : "en"},
                      {"Referrer-Policy", "no-referrer"},  // an address is as good as its token
                      {"X-Robots-Tag", "noindex, nofollow"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Cache-Control", "no-store"}};
  return response;
}

// For programs: no browser sends what is answered so.
net::Response plain_page(int status, const std::string& text) {
  net::Response response{status, "text/plain; charset=utf-8", text + "\n", {}};
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

std::string header(const Arrival& arrival, const std::string& name) {
  const auto found = arrival.headers.find(name);
  return found == arrival.headers.end() ? "" : found->second;
}

bool is_form(const Arrival& arrival) {
  const std::string type = header(arrival, "content-type");
  return core::trimmed(core::lower(type.substr(0, type.find(';')))) ==
         "application/x-www-form-urlencoded";
}

// How far the case had come when the page was shown: when it entered its activity. It is part
// of the delivery's id, so that a page which is sent twice is one answer, and a new page after the
// case has moved (solved again, after "not solved") is a new one.
std::string seen_in(const std::map<std::string, std::string>& fields) {
  const auto seen = fields.find("seen");
  if (seen == fields.end() || seen->second.size() > kSeenMost) return "";
  const bool digits = seen->second.find_first_not_of("0123456789") == std::string::npos;
  return digits ? seen->second : "";
}

std::string stage_of(const core::Case& state) {
  return std::to_string(state.entered_at.time_since_epoch().count());
}

bool moves(const core::Fact& fact) {
  return !std::holds_alternative<core::Remembered>(fact) &&
         !std::holds_alternative<core::DeviationNoted>(fact) &&
         !std::holds_alternative<core::CommandIssued>(fact);
}

// Asks the core itself, and throws the decision away.
AnswerForm::Standing standing_of(const core::Mapping& mapping, const core::Case& state,
                                 const core::LinkClaim& claim, Instant now) {
  if (core::activity_missing_from_mapping(mapping, state)) return AnswerForm::Standing::not_now;
  core::Surroundings around;
  around.kind = DeliveryKind::link;
  around.now = now;
  const core::Decision trial = core::decide(mapping, state, said_by(claim, "..."), around);
  const bool reopens = std::any_of(trial.facts.begin(), trial.facts.end(), [](const auto& fact) {
    return std::holds_alternative<core::CaseReopened>(fact);
  });
  if (reopens) return AnswerForm::Standing::reopens;
  if (std::any_of(trial.facts.begin(), trial.facts.end(), moves))
    return AnswerForm::Standing::awaited;
  return state.closed ? AnswerForm::Standing::closed : AnswerForm::Standing::not_now;
}

// Another party's number is its own business.
std::vector<std::string> own_numbers(const core::Mapping& mapping, const core::Case& state) {
  std::vector<std::string> numbers;
  for (const auto& [name, ticket] : state.tickets) {
    const core::SystemMapping* system = mapping.system(name);
    if (system != nullptr && !system->external && !ticket.number.empty())
      numbers.push_back(ticket.number);
  }
  return numbers;
}

std::string title_for(const core::Case& state, const core::LinkTexts& texts,
                      const core::Role& role) {
  const bool may =
      std::find(texts.title_for.begin(), texts.title_for.end(), role) != texts.title_for.end();
  const auto title = state.values.find("title");
  return may && !core::is_confidential(state) && title != state.values.end() ? title->second : "";
}

}  // namespace

struct AnswerPage::Visit {
  core::LinkClaim claim;
  core::Language language = core::Language::nb;
  std::string other_language;  // relative to this page
};

std::optional<AnswerPage::Visit> AnswerPage::visit(const Arrival& arrival) const {
  std::string_view token = arrival.path;
  if (!token.starts_with(kLinkPath)) return std::nullopt;
  token.remove_prefix(kLinkPath.size());
  Visit visit;
  std::string below;
  if (token.ends_with("/nb") || token.ends_with("/en")) {
    visit.language = token.ends_with("/en") ? core::Language::en : core::Language::nb;
    token.remove_suffix(3);
  } else {
    visit.language = wanted_language(header(arrival, "accept-language"));
    below = std::string(token) + "/";
  }
  auto claim = parts_.links.claim(token);
  if (!claim) return std::nullopt;
  visit.claim = std::move(*claim);
  visit.other_language = below + (visit.language == core::Language::nb ? "en" : "nb");
  return visit;
}

net::Response AnswerPage::answer(const Arrival& arrival) {
  const auto visit = this->visit(arrival);
  if (!visit) return refuse(arrival);
  if (arrival.method == "GET" || arrival.method == "HEAD")
    return show(200, *visit, form_of(*visit, arrival.at));
  if (arrival.method == "POST") return take(arrival, *visit);
  net::Response response = plain_page(405, "only GET and POST are supported here");
  response.headers["Allow"] = "GET, HEAD, POST";
  return response;
}

net::Response AnswerPage::refuse(const Arrival& arrival) {
  parts_.metrics.count("saksbro_refused_deliveries_total",
                       label("system", kLinkSystem.text()) + "," + label("reason", "signature"));
  log::debug("link.unknown", {{"peer", arrival.peer}});
  const core::Language language = wanted_language(header(arrival, "accept-language"));
  return html(404, language, unknown_page(parts_.texts, language));
}

AnswerForm AnswerPage::form_of(const Visit& visit, Instant now) const {
  AnswerForm form;
  form.claim = visit.claim;
  form.other_language = visit.other_language;
  // A store in trouble shows a poorer page; whether an answer can be kept is seen when it comes.
  auto reader = parts_.store.reader();
  if (!reader) return form;
  const auto state = (*reader)->cases().find(visit.claim.number);
  if (!state) return form;
  form.standing = AnswerForm::Standing::not_now;
  if (!*state) return form;
  form.standing = standing_of(parts_.mapping, **state, visit.claim, now);
  form.numbers = own_numbers(parts_.mapping, **state);
  form.title = title_for(**state, parts_.texts, visit.claim.role);
  form.seen = stage_of(**state);
  return form;
}

net::Response AnswerPage::show(int status, const Visit& visit, const AnswerForm& form) const {
  return html(status, visit.language, form_page(parts_.texts, visit.language, form));
}

net::Response AnswerPage::take(const Arrival& arrival, const Visit& visit) {
  if (!is_form(arrival)) return plain_page(415, "expected application/x-www-form-urlencoded");
  AnswerForm again = form_of(visit, arrival.at);
  if (arrival.body.size() > kBodyMost) {
    again.trouble = AnswerForm::Trouble::too_long;
    return show(413, visit, again);
  }
  const auto fields = codec::read_form(arrival.body);
  if (!fields) return plain_page(400, "invalid form: a % without two digits, or invalid UTF-8");
  const bool asked = sentence_for(parts_.texts, visit.claim.signal).ask.has_value();
  const auto typed = fields->find("text");
  const bool given = asked && typed != fields->end();
  again.text = given ? codec::typed_words(typed->second) : "";
  again.seen = seen_in(*fields);
  if (asked && again.text.empty()) {
    again.trouble = AnswerForm::Trouble::no_words;
    return show(422, visit, again);
  }
  if (const auto wait = limit_.wait_for(visit.claim, arrival.at))
    return refuse_one_more(visit, std::move(again), *wait);
  failpoint("in.verified");
  net::Response response = store(arrival, visit, again.text, again.seen);
  if (response.status != 503) return response;
  again.trouble = AnswerForm::Trouble::not_stored;
  response = show(503, visit, again);
  response.headers["Retry-After"] = "30";
  return response;
}

net::Response AnswerPage::refuse_one_more(const Visit& visit, AnswerForm again,
                                          std::chrono::seconds wait) {
  parts_.metrics.count("saksbro_refused_deliveries_total",
                       label("system", kLinkSystem.text()) + "," + label("reason", "limit"));
  log::warn_once_a_minute("link.limit", {{"case", visit.claim.number.text()}});
  again.trouble = AnswerForm::Trouble::too_many;
  net::Response response = show(429, visit, again);
  response.headers["Retry-After"] = std::to_string(wait.count());
  return response;
}

net::Response AnswerPage::store(const Arrival& arrival, const Visit& visit, const std::string& text,
                                const std::string& seen) {
  const core::LinkClaim& claim = visit.claim;
  const std::string record = records::write(
      records::LinkRecord{claim.number, claim.signal, claim.role, claim.organisation, text});
  const DeliveryId id{codec::to_hex(codec::sha256(record + "\n" + seen)).substr(0, 32)};
  const auto arrived =
      parts_.inbox.receive({kLinkSystem, id, DeliveryKind::link, arrival.at, record});
  if (!arrived) {
    log::error("delivery.not_stored",
               {{"system", kLinkSystem.text()}, {"why", arrived.error().what}});
    return plain_page(503, "not stored");
  }
  failpoint("in.committed");
  if (*arrived == store::Received::now) limit_.stored(claim, arrival.at);
  const std::string fresh = *arrived == store::Received::now ? "yes" : "no";
  parts_.metrics.count("saksbro_deliveries_total",
                       label("system", kLinkSystem.text()) + "," + label("new", fresh));
  log::info("delivery.stored",
            {{"system", kLinkSystem.text()}, {"delivery", id.text()}, {"new", fresh}});
  parts_.engine.notify();
  return html(200, visit.language, thanks_page(parts_.texts, visit.language, claim.number));
}

}  // namespace saksbro::run
