#include "bridge/net/smtp_call.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

#include "bridge/net/curl_request.h"
#include "bridge/net/mail_connection.h"

namespace saksbro::net {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List recipients(const std::string& to) {
  List list;
  for (std::size_t at = 0; at < to.size();) {
    const std::size_t end = std::min(to.find(' ', at), to.size());
    if (end > at) {
      if (curl_slist* longer = curl_slist_append(list.get(), to.substr(at, end - at).c_str())) {
        static_cast<void>(list.release());
        list.reset(longer);
      }
    }
    at = end + 1;
  }
  return list;
}

// One transfer's state, as curl's callbacks see it.
struct Submission {
  SmtpTalk talk;
  std::vector<curl_socket_t> sockets;  // open ones
  char detail[CURL_ERROR_SIZE] = {};

  static int on_words(CURL*, curl_infotype kind, char* bytes, std::size_t size, void* self) {
    auto& submission = *static_cast<Submission*>(self);
    const std::string_view words(bytes, size);
    if (kind == CURLINFO_HEADER_IN) submission.talk.heard(words);
    if (kind != CURLINFO_HEADER_OUT) return 0;
    submission.talk.sent(words);
    // curl would wait for the answer to its goodbye, by no deadline of ours.
    if (words.starts_with("QUIT")) {
      for (const curl_socket_t socket : submission.sockets) ::shutdown(socket, SHUT_RDWR);
    }
    return 0;
  }

  static int on_open(void* self, curl_socket_t socket, curlsocktype) {
    static_cast<Submission*>(self)->sockets.push_back(socket);
    return CURL_SOCKOPT_OK;
  }

  static int on_close(void* self, curl_socket_t socket) {
    std::erase(static_cast<Submission*>(self)->sockets, socket);
    return ::close(socket);
  }

  static std::size_t on_body(char*, std::size_t one, std::size_t count, void*) {
    return one * count;  // the replies are heard in on_words
  }
};

Fate fate_of(CURLcode code, Submission& submission, const OutgoingBody& body, const Pulse& pulse) {
  if (code == CURLE_OK) return submission.talk.last();
  const bool cut_off = code == CURLE_OPERATION_TIMEDOUT || code == CURLE_ABORTED_BY_CALLBACK;
  if (submission.talk.refusal().status != 0 && !cut_off) return submission.talk.refusal();
  Phrase why = mail_fault(code, submission.detail, pulse);
  // All of it was handed over: its end may have gone out.
  if (!body.all_read()) return NotSent{std::move(why)};
  return InDoubt{std::move(why), code == CURLE_OPERATION_TIMEDOUT};
}

void prepare_message(CURL* handle, const Call& call, const List& to, OutgoingBody& body) {
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, mail_header(call, "from").c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to.get());
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, &OutgoingBody::on_read);
  curl_easy_setopt(handle, CURLOPT_READDATA, &body);
}

}  // namespace

void SmtpTalk::sent(std::string_view command) {
  goodbye_ = goodbye_ || command.starts_with("QUIT");
  if (goodbye_) return;
  const auto word =
      std::find_if(command.begin(), command.end(), [](unsigned char c) { return c <= ' '; });
  command_.assign(command.begin(), word);
  // Lines of an AUTH exchange are credentials, and no commands.
  if (command_ != "MAIL" && command_ != "RCPT" && command_ != "DATA" && command_ != "EHLO" &&
      command_ != "HELO" && command_ != "STARTTLS" && command_ != "NOOP")
    command_ = "AUTH";
  refusal_ = {};
}

void SmtpTalk::heard(std::string_view line) {
  const bool reply = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3, [](char c) {
                       return std::isdigit(static_cast<unsigned char>(c)) != 0;
                     });
  if (!reply || goodbye_ || refusal_.status != 0) return;
  if (ended_) last_ = {};
  ended_ = line.size() < 4 || line[3] != '-';
  last_.status = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  last_.headers["smtp-command"] = command_;
  const std::string_view text = line.substr(std::min<std::size_t>(4, line.size()));
  const auto end = text.find_last_not_of(" \r\n");
  if (!last_.body.empty()) last_.body += ' ';
  last_.body += text.substr(0, end == text.npos ? 0 : end + 1);
  if (ended_ && last_.status >= 400) refusal_ = last_;
}

Fate submit(CURL* handle, const ClientLimits& limits, const Call& call, OutgoingBody& body,
            const Pulse& pulse) {
  const bool asks = call.method == "NOOP";
  const List to = recipients(mail_header(call, "to"));
  if (!asks && !to) return NotSent{"the mail has no recipient"};
  Submission submission;
  prepare_mail(handle, limits, call, pulse);
  if (asks) {
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "NOOP");
  } else {
    prepare_message(handle, call, to, body);
    if (!call.parts.empty())
      curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS,
                       static_cast<long>(time_for(limits, body.size()).count()));
  }
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Submission::on_body);
  curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &Submission::on_words);
  curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &submission);
  curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &Submission::on_open);
  curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, &submission);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &Submission::on_close);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, &submission);
  curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);  // to the function above, and nowhere else
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, submission.detail);
  return fate_of(curl_easy_perform(handle), submission, body, pulse);
}

}  // namespace saksbro::net
