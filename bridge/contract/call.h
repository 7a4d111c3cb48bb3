// One call that a connector wants made, and what became of it. The url's scheme says how:
//
// http, https   method, headers and body as they are.
// smtp, smtps   method MAIL submits the message that is the body (RFC 5322, CRLF), method NOOP asks
//               whether the server would take one. The url's path is what EHLO says. Answered: the
//               reply's code as status, its text as body, the refused command as "smtp-command".
// imap, imaps   the body is one IMAP command without tag or line end, carried out in the folder
//               that is the url's path, opened to look only (EXAMINE) unless the call is a write.
//               Method: a word for logs. Answered: 200 with all untagged lines as body, and the
//               folder's "uidvalidity" and "uidnext"; 401 credentials refused, 404 no such folder,
//               409 the command was refused (NO), 400 it was not understood (BAD).
//
// What is no HTTP header stands among the headers of a mail call too: "user" and "password";
// "tls" = "none" for plain text on loopback (else TLS is required, by STARTTLS where the scheme has
// it not); "ca" = a file of certificates to trust instead of the system's; and for MAIL the
// envelope: "from" an address, "to" addresses with blanks between. All of them take it, or none.
#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/blob.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"

namespace saksbro {

enum class Repeat {
  harmless,  // a look: may be sent again, may reuse a connection
  never      // a write: on the wire at most once, on a fresh connection
};

struct Call {
  std::string method;
  std::string url;
  Headers headers;  // may hold credentials: a Call is never logged whole
  std::string body;
  Repeat repeat = Repeat::harmless;
  std::vector<BodyPart> parts{};  // in place of `body`, one after the other, where files go out
  std::optional<Download> download{};  // a file comes in
};

struct Answer {
  int status = 0;
  Headers headers;
  std::string body;
  std::optional<BlobRef> blob{};  // of a download that succeeded
  // Of a download: how many bytes of the file came. Without a blob they are too many, or not as
  // many as they should be.
  std::uint64_t blob_bytes = 0;
};

// Whose fault it is that a call came to nothing. Ours says nothing of the other side: a file that
// cannot be read, a spool that is full.
enum class Fault { theirs, ours };

// Surely not carried out: connection refused, no such host, TLS failed; a mail not sent whole.
struct NotSent {
  explicit NotSent(Sentence reason) : why(reason, {}) {}
  template <std::same_as<Phrase> Reason>
  explicit NotSent(Reason reason, Fault whose = Fault::theirs)
      : why(std::move(reason)), fault(whose) {}

  Phrase why;
  Fault fault = Fault::theirs;
};

// The request left, wholly or in part, and no whole answer came: it may have been carried out.
struct InDoubt {
  explicit InDoubt(Sentence reason, bool runs = false) : why(reason, {}), may_still_run(runs) {}
  template <std::same_as<Phrase> Reason>
  explicit InDoubt(Reason reason, bool runs = false, Fault whose = Fault::theirs)
      : why(std::move(reason)), may_still_run(runs), fault(whose) {}

  Phrase why;
  bool may_still_run = false;  // we stopped waiting: the other side may be at it yet
  Fault fault = Fault::theirs;
};

using Fate = std::variant<Answer, NotSent, InDoubt>;

struct Exchange {
  Call call;
  Fate fate;
  Instant at{};  // our clock when the call ended
};

// The calls made so far for one command or one poll, oldest first.
using Transcript = std::span<const Exchange>;

}  // namespace saksbro
