#include <csignal>
#include <mutex>
#include <utility>
#include <vector>

#include "bridge/net/address_guard.h"
#include "bridge/net/client.h"
#include "bridge/net/curl_answer.h"
#include "bridge/net/curl_request.h"
#include "bridge/net/imap_call.h"
#include "bridge/net/incoming_file.h"
#include "bridge/net/mail_connection.h"
#include "bridge/net/origin.h"
#include "bridge/net/outgoing_body.h"
#include "bridge/net/smtp_call.h"

namespace saksbro::net {
namespace {

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    // With NOSIGNAL libcurl leaves this to us: OpenSSL writes without MSG_NOSIGNAL, and a peer that
    // is gone would end the program.
    std::signal(SIGPIPE, SIG_IGN);
  });
}

// Handles that wait for their next call, each with the connections it keeps open. One call has one
// handle: a handle must not be used by two threads at once.
class HandlePool {
 public:
  CurlHandle take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return CurlHandle(curl_easy_init());
    CurlHandle handle = std::move(idle_.back());  // the last used has the freshest connection
    idle_.pop_back();
    return handle;
  }

  void give_back(CurlHandle handle) {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < idle_max) idle_.push_back(std::move(handle));
  }

 private:
  static constexpr std::size_t idle_max = 32;
  std::mutex mutex_;
  std::vector<CurlHandle> idle_;
};

// A file that goes out cannot be read. A request whose end never left was not carried out.
Fate file_fault(const Error& wrong, Fate fate) {
  if (std::holds_alternative<Answer>(fate)) return fate;
  return NotSent{Phrase("a file to send cannot be read: {why}", {{"why", wrong.text()}}),
                 Fault::ours};
}

class CurlClient final : public Client {
 public:
  CurlClient(const ClientLimits& limits, std::optional<Origins> configured, Spool* spool)
      : limits_(limits), configured_(std::move(configured)), spool_(spool) {
    start_curl_once();
  }

  using Client::send;
  [[nodiscard]] Fate send(const Call& call, const std::function<void()>& alive) override {
    if (cancelled_) return NotSent{"cancelled: saksbro is stopping"};
    const bool stranger = configured_ && !configured_->name(call.url);
    if (stranger) {
      if (auto why = unfit_for_strangers(call)) return NotSent{std::move(*why)};
    }
    if ((call.download || !call.parts.empty()) && spool_ == nullptr)
      return NotSent{"no folder for files is configured"};
    const Pulse pulse(cancelled_, alive);
    if (speaks_smtp(call) || speaks_imap(call)) return send_mail(call, pulse);
    if (auto why = unsendable(call)) return NotSent{std::move(*why)};
    std::optional<IncomingFile> file;
    if (call.download) {
      file.emplace(*call.download, *spool_);
      if (auto begun = file->begin(); !begun) return no_room(begun.error());
    }
    CurlHandle handle = handles_.take();
    if (!handle) return NotSent{"no memory for a connection"};
    const HeaderLines lines = header_lines(call);
    OutgoingBody body(call, spool_);
    IncomingAnswer incoming(limits_.answer_bytes, pulse, file ? &*file : nullptr);
    prepare(handle.get(), limits_, call, lines.get());
    send_files(handle.get(), limits_, call, body);
    incoming.attach(handle.get());
    AddressGuard guard;
    if (stranger) guard.attach(handle.get());
    const CURLcode code = curl_easy_perform(handle.get());
    Fate fate = incoming.fate(handle.get(), code);
    if (body.wrong()) fate = file_fault(*body.wrong(), std::move(fate));
    if (std::holds_alternative<NotSent>(fate) && !guard.refused().empty())
      fate = NotSent{
          Phrase("no configuration names this address, and it leads to {address}, which is not a "
                 "public one",
                 {{"address", guard.refused()}})};
    curl_easy_reset(handle.get());  // holds pointers to what ends with this call
    handles_.give_back(std::move(handle));
    return fate;
  }

  void cancel_all() override { cancelled_ = true; }

 private:
  // With a handle of its own: these connections are never kept.
  [[nodiscard]] Fate send_mail(const Call& call, const Pulse& pulse) {
    if (auto why = unsendable_mail(call)) return NotSent{std::move(*why)};
    const CurlHandle handle(curl_easy_init());
    if (!handle) return NotSent{"no memory for a connection"};
    if (speaks_imap(call)) return ask_mailbox(handle.get(), limits_, call, pulse, spool_);
    OutgoingBody body(call, spool_);
    Fate fate = submit(handle.get(), limits_, call, body, pulse);
    return body.wrong() ? file_fault(*body.wrong(), std::move(fate)) : fate;
  }

  ClientLimits limits_;
  std::optional<Origins> configured_;  // none: every origin is
  Spool* spool_;                       // none: no files
  std::atomic<bool> cancelled_ = false;
  HandlePool handles_;
};

}  // namespace

std::unique_ptr<Client> make_client(const ClientLimits& limits, Spool* spool) {
  return std::make_unique<CurlClient>(limits, std::nullopt, spool);
}

std::unique_ptr<Client> make_guarded_client(const ClientLimits& limits,
                                            const std::vector<std::string>& urls, Spool* spool) {
  return std::make_unique<CurlClient>(limits, Origins(urls), spool);
}

}  // namespace saksbro::net
