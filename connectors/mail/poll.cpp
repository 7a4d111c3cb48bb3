#include <algorithm>
#include <charconv>

#include "bridge/codec/imap.h"
#include "bridge/codec/settle.h"
#include "connectors/mail/mailbox.h"
#include "connectors/mail/record.h"
#include "connectors/mail/thread.h"
#include "connectors/tracker/step_or.h"

namespace saksbro::mail {
namespace {

constexpr std::size_t kPageMost = 20;
// Of one page, and of one mail: what is read together has to stay below what one poll may hold
// (24 MB of answers), or a mail of that size would stop the mailbox for ever.
constexpr std::uint64_t kBytesMost = 22U * 1024U * 1024U;
// So much is read of one that is larger: its head, and what somebody wrote, stand before its files.
constexpr std::uint64_t kBeginning = 512U * 1024U;
// SEARCH SINCE knows days only, in the server's own zone.
constexpr std::chrono::hours kOverlap{24};

// Where the walk has come to: "17:42", the folder's UIDVALIDITY and the last UID seen.
struct Position {
  std::uint32_t validity = 0;
  std::uint32_t uid = 0;
};

std::uint32_t number_from(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc{} && end == text.data() + text.size() ? number : 0;
}

Position position_from(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) return {};
  return {number_from(std::string_view(text).substr(0, colon)),
          number_from(std::string_view(text).substr(colon + 1))};
}

std::string text_of(const Position& position) {
  return std::to_string(position.validity) + ":" + std::to_string(position.uid);
}

std::string since(const Cursor& cursor) {
  return "UID SEARCH SINCE " + codec::imap_date(cursor.since - kOverlap);
}

std::string list_of(const std::vector<std::uint32_t>& uids) {
  std::string list;
  for (const std::uint32_t uid : uids) list += (list.empty() ? "" : ",") + std::to_string(uid);
  return list;
}

// The conversation of one page; like Conversation, but its end is a page.
class Walk {
 public:
  Walk(const MailSettings& settings, const Cursor& cursor, Transcript so_far)
      : settings_(settings), cursor_(cursor), so_far_(so_far) {}

  PollStep page() {
    Position position = position_from(cursor_.position);
    const auto found = new_mails(position);
    if (!found) return found.error();
    std::vector<std::uint32_t> uids = *found;
    const bool more = uids.size() > kPageMost;
    if (more) uids.resize(kPageMost);
    Page page{{}, cursor_, more};
    if (!uids.empty()) {
      const auto sizes = ask("UID FETCH " + list_of(uids) + " (UID RFC822.SIZE INTERNALDATE)");
      if (!sizes) return sizes.error();
      const auto read = read_mails(codec::read_fetched((*sizes)->body), position, uids, page);
      if (!read) return read.error();
    }
    page.next.position = text_of(position);
    return page;
  }

 private:
  template <class T>
  using Polling = tl::expected<T, PollStep>;

  Polling<const Answer*> ask(const std::string& command) {
    const Exchange* exchange = so_far_.next();
    if (exchange == nullptr)
      return tl::unexpected<PollStep>(PollStep{mailbox_call(settings_, command)});
    if (auto later = mailbox_failure(*exchange))
      return tl::unexpected<PollStep>(PollStep{std::move(*later)});
    return &std::get<Answer>(exchange->fate);
  }

  // UIDs above the position, and the position in the numbers that hold now.
  Polling<std::vector<std::uint32_t>> new_mails(Position& position) {
    const bool knows = position.validity != 0;
    const std::string after =
        "UID SEARCH UID " + std::to_string(std::uint64_t{position.uid} + 1) + ":*";
    auto answer = ask(knows ? after : since(cursor_));
    if (!answer) return tl::unexpected(answer.error());
    const std::uint32_t validity = number_from((*answer)->headers.at("uidvalidity"));
    if (knows && validity != position.validity) {
      // The folder's numbers were given anew: what is found again is known by its Message-ID.
      position.uid = 0;
      answer = ask(since(cursor_));
      if (!answer) return tl::unexpected(answer.error());
    }
    position.validity = validity;
    std::vector<std::uint32_t> uids = codec::read_search((*answer)->body);
    // "9:*" names the last mail even when it is the eighth.
    std::erase_if(uids, [&](std::uint32_t uid) { return uid <= position.uid; });
    const auto told = (*answer)->headers.find("uidnext");
    const std::uint32_t next = told == (*answer)->headers.end() ? 0 : number_from(told->second);
    if (uids.empty() && next > 0) position.uid = std::max(position.uid, next - 1);
    return uids;
  }

  // As many as fit into one answer, in their order.
  Polling<bool> read_mails(std::vector<codec::ImapFetched> listed, Position& position,
                           const std::vector<std::uint32_t>& uids, Page& page) {
    std::sort(listed.begin(), listed.end(),
              [](const auto& one, const auto& other) { return one.uid < other.uid; });
    std::vector<std::uint32_t> wanted;
    std::uint64_t bytes = 0;
    std::uint32_t last = uids.back();
    for (const codec::ImapFetched& one : listed) {
      const std::uint64_t whole = one.size.value_or(0);
      const std::uint64_t size = whole > kBytesMost ? kBeginning : whole;
      if (bytes + size > kBytesMost) {
        last = one.uid - 1;
        page.more = true;
        break;
      }
      bytes += size;
      if (whole <= kBytesMost) wanted.push_back(one.uid);
    }
    std::vector<codec::ImapFetched> read;
    if (!wanted.empty()) {
      const auto bodies = ask("UID FETCH " + list_of(wanted) + " (UID BODY.PEEK[])");
      if (!bodies) return tl::unexpected(bodies.error());
      read = codec::read_fetched((*bodies)->body);
    }
    for (const codec::ImapFetched& one : listed) {
      if (one.uid <= position.uid || one.uid > last) continue;
      if (const auto kept = keep(one, read, position, page); !kept)
        return tl::unexpected(kept.error());
    }
    position.uid = last;
    return true;
  }

  Polling<bool> keep(const codec::ImapFetched& one, const std::vector<codec::ImapFetched>& read,
                     const Position& position, Page& page) {
    Came came;
    came.place = {position.validity, one.uid, one.received.value_or(cursor_.since)};
    page.next.since = std::max(page.next.since, came.place.received);
    if (one.size.value_or(0) > kBytesMost) {
      const auto beginning = read_beginning(one.uid, came);
      if (!beginning || !*beginning) return beginning;
      // Our own copy of a mail with large files says nothing.
      if (is_own(settings_, came.mail.message_id)) return true;
    } else {
      const auto found = std::find_if(read.begin(), read.end(), [&](const auto& other) {
        return other.uid == one.uid && other.body;
      });
      if (found == read.end()) return false;  // deleted meanwhile
      auto mail = codec::read_mail(*found->body, "");
      if (mail) came.mail = std::move(*mail);
      if (!mail) came.skipped = mail.error().phrase;
    }
    if (const auto known = find_thread(came.mail); !known) return known;
    page.found.push_back({DeliveryId(id_of(came)), write_came(came)});
    return true;
  }

  // The words of a mail that is too large to be fetched, and the names of its files as far as they
  // are told there: they stay in the mailbox. False: it was deleted meanwhile.
  Polling<bool> read_beginning(std::uint32_t uid, Came& came) {
    const auto fetched = ask("UID FETCH " + std::to_string(uid) + " (UID BODY.PEEK[]<0." +
                             std::to_string(kBeginning) + ">)");
    if (!fetched) return tl::unexpected(fetched.error());
    const auto beginnings = codec::read_fetched((*fetched)->body);
    if (beginnings.empty() || !beginnings.front().body) return false;
    auto mail = codec::read_mail(*beginnings.front().body, "");
    if (!mail) {
      came.skipped = mail.error().phrase;
      return true;
    }
    came.mail = std::move(*mail);
    came.mail.files.clear();  // of the last one only the beginning is here
    came.mail.attachments.emplace_back("… (> 22 MB)");
    return true;
  }

  // Some programs name the mail that they answer, and none of those before. Which thread that was
  // in, our own copy of it tells.
  Polling<bool> find_thread(codec::IncomingMail& mail) {
    const auto ours = std::find_if(mail.in_reply_to.begin(), mail.in_reply_to.end(),
                                   [&](const std::string& id) { return is_own(settings_, id); });
    if (ours == mail.in_reply_to.end() || thread_answered(settings_, *ours, mail.references))
      return true;
    const auto found = ask("UID SEARCH HEADER Message-ID \"<" + *ours + ">\"");
    if (!found) return tl::unexpected(found.error());
    const auto uids = codec::read_search((*found)->body);
    if (uids.empty()) return false;
    const auto copy = read_head(uids.front());
    if (!copy) return tl::unexpected(copy.error());
    if (!*copy) return false;
    if ((*copy)->message_id == *ours)
      mail.references.insert(mail.references.end(), (*copy)->references.begin(),
                             (*copy)->references.end());
    return true;
  }

  // Nothing: it was deleted meanwhile. A head that is none says nothing.
  Polling<std::optional<codec::IncomingMail>> read_head(std::uint32_t uid) {
    const auto fetched = ask("UID FETCH " + std::to_string(uid) + " (UID BODY.PEEK[HEADER])");
    if (!fetched) return tl::unexpected(fetched.error());
    const auto heads = codec::read_fetched((*fetched)->body);
    if (heads.empty() || !heads.front().body) return std::nullopt;
    auto head = codec::read_mail(*heads.front().body, "");
    return std::optional(head ? std::move(*head) : codec::IncomingMail{});
  }

  const MailSettings& settings_;
  const Cursor& cursor_;
  tracker::Replay so_far_;
};

}  // namespace

PollStep MailSystem::poll(const Cursor& cursor, Transcript so_far) const {
  if (!settings_.reading) return Page{{}, cursor, false};
  return Walk(settings_, cursor, so_far).page();
}

}  // namespace saksbro::mail
