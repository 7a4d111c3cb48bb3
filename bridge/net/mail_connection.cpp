#include "bridge/net/mail_connection.h"

#include "bridge/net/curl_fault.h"
#include "bridge/net/header_text.h"

namespace saksbro::net {
namespace {

int on_progress(void* pulse, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Pulse*>(pulse)->beat();
}

void set_mail_trust(CURL* handle, const Call& call) {
  const bool plain = mail_header(call, "tls") == "none";
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps");
  // "Try" would send the password in the clear to whoever strips STARTTLS from the greeting.
  curl_easy_setopt(handle, CURLOPT_USE_SSL,
                   static_cast<long>(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // none from the environment
  if (const std::string file = mail_header(call, "ca"); !file.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, file.c_str());
  }
}

void set_credentials(CURL* handle, const Call& call) {
  const std::string user = mail_header(call, "user");
  if (user.empty()) return;
  curl_easy_setopt(handle, CURLOPT_USERNAME, user.c_str());
  curl_easy_setopt(handle, CURLOPT_PASSWORD, mail_header(call, "password").c_str());
  // The password goes through TLS anyhow; cleverer mechanisms fail in ways of their own.
  curl_easy_setopt(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
}

}  // namespace

bool speaks_smtp(const Call& call) {
  return call.url.starts_with("smtp://") || call.url.starts_with("smtps://");
}

bool speaks_imap(const Call& call) {
  return call.url.starts_with("imap://") || call.url.starts_with("imaps://");
}

std::string mail_header(const Call& call, const std::string& name) {
  const auto found = call.headers.find(name);
  return found == call.headers.end() ? "" : found->second;
}

std::optional<Phrase> unsendable_mail(const Call& call) {
  if (breaks_line(call.url)) return Phrase("the address has a line break or a NUL in it", {});
  for (const auto& [name, value] : call.headers) {
    if (breaks_line(value))
      return Phrase("\"{header}\" has a line break or a NUL in it", {{"header", name}});
  }
  return std::nullopt;
}

void prepare_mail(CURL* handle, const ClientLimits& limits, const Call& call, const Pulse& pulse) {
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);  // see curl_request.cpp
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
  set_mail_trust(handle, call);
  set_credentials(handle, call);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, const_cast<Pulse*>(&pulse));
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

Phrase mail_fault(CURLcode code, const char* detail, const Pulse& pulse) {
  if (pulse.cancelled()) return {"cancelled: saksbro is stopping", {}};
  return curl_fault(code, detail);
}

}  // namespace saksbro::net
