// The pages behind links, at the listener of the webhooks: GET /s/TOKEN says what pressing the
// button does, POST /s/TOKEN stores the answer as a delivery. /s/TOKEN/nb and /s/TOKEN/en are the
// same in that language. GET changes nothing: scanners of mail follow every link.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/net/http_server.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/observe/wake.h"
#include "bridge/run/systems.h"
#include "bridge/run/web/answer_html.h"
#include "bridge/run/web/link_limit.h"
#include "bridge/run/web/links.h"
#include "bridge/store/group_commit.h"

namespace saksbro::run {

// What the pages need; all must outlive them.
struct AnswerPageParts {
  const core::Mapping& mapping;
  const core::LinkTexts& texts;  // of that mapping
  const SignedLinks& links;
  store::Store& store;
  store::GroupCommit& inbox;
  Metrics& metrics;
  Wake& engine;
};

class AnswerPage {
 public:
  explicit AnswerPage(const AnswerPageParts& parts) : parts_(parts) {}

  // Thanks only when the answer is on disk. Thread-safe, never throws.
  [[nodiscard]] net::Response answer(const Arrival& arrival);

 private:
  struct Visit;  // one request, understood

  [[nodiscard]] std::optional<Visit> visit(const Arrival& arrival) const;
  [[nodiscard]] net::Response refuse(const Arrival& arrival);
  [[nodiscard]] net::Response take(const Arrival& arrival, const Visit& visit);
  [[nodiscard]] net::Response refuse_one_more(const Visit& visit, AnswerForm again,
                                              std::chrono::seconds wait);
  [[nodiscard]] net::Response store(const Arrival& arrival, const Visit& visit,
                                    const std::string& text, const std::string& seen);
  [[nodiscard]] AnswerForm form_of(const Visit& visit, Instant now) const;
  [[nodiscard]] net::Response show(int status, const Visit& visit, const AnswerForm& form) const;

  AnswerPageParts parts_;
  LinkLimit limit_;
};

}  // namespace saksbro::run
