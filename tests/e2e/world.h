// The municipality and its suppliers for one test: a real Redmine is the desk (and that of two
// organisations), a real Request Tracker has a queue for each supplier, a real mail server takes
// the mails, and Saksbro runs between them with the mappings that we ship.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/configuration.h"
#include "tests/rig/alert_sink.h"
#include "tests/rig/eventually.h"
#include "tests/rig/folder.h"
#include "tests/rig/mail_server.h"
#include "tests/rig/port.h"
#include "tests/rig/redmine_user.h"
#include "tests/rig/rt_user.h"
#include "tests/rig/saksbro.h"
#include "tests/rig/tcp_proxy.h"

namespace saksbro::e2e {

class World {
 public:
  explicit World(const Wish& wish = {});

  // Who works where. kari is 2nd line; per and ola are 1st line, eva that of Bymiljøetaten, nils
  // that of Helseetaten; leif works at the operator, tor is 3rd line, liv is the supplier of Lønn.
  rig::RedmineUser kari() const { return {redmine, "kari"}; }
  rig::RedmineUser per() const { return {redmine, "per"}; }
  rig::RedmineUser ola() const { return {redmine, "ola"}; }
  rig::RedmineUser eva() const { return {redmine, "eva", "bym"}; }
  rig::RedmineUser nils() const { return {redmine, "nils", "hel"}; }
  rig::RtUser leif() const { return {*rt, "leif"}; }
  rig::RtUser tor() const { return {*rt, "tor"}; }
  rig::RtUser liv() const { return {*rt, "liv"}; }
  rig::RtUser bro_in_rt() const { return {*rt, "bro"}; }
  // Reads everything, private notes too.
  rig::RedmineUser desk() const { return {redmine, "bro"}; }

  // --- steps of M.1, technical; each waits for what Saksbro does about it ---
  int register_issue(const std::string& subject = "Får ikke logget inn i Agresso æøå") const;
  void take_and_forward(int issue) const;  // kari: Under arbeid, /sak videresend drift
  int forwarded(int issue) const;          // the RT ticket, cross-referenced both ways
  void answer_info_no(int issue) const;    // kari, after the question stands there
  void solve(int ticket, const std::string& how) const;  // leif
  void solved(int issue, const std::string& how) const;  // LØST, with the solution for everyone
  void confirm_and_close(int issue) const;               // per
  void closed(int issue, int ticket) const;              // LUKKET; RT told, and lukket

  // --- of M.2.1 ---
  int report_critical(const std::string& subject) const;
  int opened_at_desk(int ticket) const;

  // Posts to the operator's webhook path; signed rightly unless a signature is given. The answer's
  // status.
  [[nodiscard]] int post_webhook(const std::string& body,
                                 const std::optional<std::string>& signature = {}) const;

  [[nodiscard]] int count_notes(int issue, const std::string& part) const;
  [[nodiscard]] int count_entries(int ticket, const std::string& part) const;
  // Its own number, as the issue shows it: ticket numbers are not one case's alone.
  [[nodiscard]] std::string case_of(int issue) const;
  [[nodiscard]] std::string explain(const std::string& number) const;
  [[nodiscard]] nlohmann::json cases() const;
  // Until nothing waits in the inbox and the outbox.
  void settled() const;
  // No secret of this world stands in Saksbro's log or in any table of its store, and in the log
  // none of `words`: what people write, and who they are.
  void expect_a_silent_log(const std::vector<std::string>& words) const;
  // Every case's tickets, counted in the trackers themselves.
  void expect_one_ticket_each(int issue, int ticket) const;

  rig::Folder secrets{"webhook-secret", rig::WhenFailed::remove};
  rig::RealRedmine redmine;
  rig::RealMail mail;
  rig::AlertSink alerts;
  int webhooks_port;
  std::unique_ptr<rig::RealRt> rt;
  std::unique_ptr<rig::TcpProxy> to_redmine;
  std::unique_ptr<rig::TcpProxy> to_rt;
  std::unique_ptr<rig::Saksbro> saksbro;
};

// Does them side by side, as many people work at a time. What the first of them threw is thrown.
void at_once(const std::vector<std::function<void()>>& walks);

// Calls `look` again and again beside the test, until end().
class Watch {
 public:
  explicit Watch(std::function<void()> look);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch();
  void end() const;

 private:
  mutable std::jthread thread_;
};

}  // namespace saksbro::e2e
