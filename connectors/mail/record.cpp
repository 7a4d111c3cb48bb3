#include "connectors/mail/record.h"

namespace saksbro::mail {

std::string write_opened(const Opened& opened) {
  return codec::write_json({{"opened",
                             {{"thread", opened.thread.text()},
                              {"title", opened.title},
                              {"text", opened.text},
                              {"marker", opened.marker}}}});
}

Opened read_opened(const Json& record) {
  return {RemoteKey(codec::text_or(record, "opened.thread", "")),
          codec::text_or(record, "opened.title", ""), codec::text_or(record, "opened.text", ""),
          codec::text_or(record, "opened.marker", "")};
}

}  // namespace saksbro::mail
