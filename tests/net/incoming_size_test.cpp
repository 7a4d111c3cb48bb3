// A file that comes in: its room, its size, and how IMAP gives it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/net/client.h"
#include "bridge/net/incoming_file.h"
#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// Room for some bytes, of which each file takes its own at the beginning.
class SmallSpool final : public Spool {
 public:
  explicit SmallSpool(std::uint64_t room) : room_(room) {}
  int begun = 0;
  int kept = 0;

  Result<std::unique_ptr<SpoolWriter>> begin(std::uint64_t bytes) override {
    if (bytes > room_) return fail("spool", "it is full");
    ++begun;
    return std::make_unique<Writer>(kept);
  }
  Result<std::unique_ptr<SpoolReader>> open(const BlobRef&) override {
    return fail("spool", "there is no file");
  }

 private:
  struct Writer final : SpoolWriter {
    explicit Writer(int& count) : kept(count) {}
    Result<void> write(std::string_view bytes) override {
      size += bytes.size();
      return {};
    }
    Result<BlobRef> keep() override {
      ++kept;
      return BlobRef{"kept", size};
    }
    int& kept;
    std::uint64_t size = 0;
  };
  std::uint64_t room_;
};

Fate fetched(Spool& spool, const std::string& body, Download how) {
  MisbehavingServer server([body](MisbehavingServer::Conversation& talk) {
    talk.read();
    talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
              body);
  });
  Call call;
  call.method = "GET";
  call.url = server.url("/attachments/download/7");
  call.download = std::move(how);
  return make_client({.total = 5s}, &spool)->send(call);
}

TEST(AFileThatComes, OfTheSizeThatItsTrackerListsIsKept) {
  SmallSpool spool(100);
  const Fate fate = fetched(spool, "saksbro", {100, Download::Form::raw, "", 7, true});
  EXPECT_EQ(std::get<Answer>(fate).blob, (BlobRef{"kept", 7}));
}

TEST(AFileThatComes, ShorterOrLongerThanItsTrackerListsIsNotPassedOnAsTheWhole) {
  for (const std::string body : {"sak", "saksbroen"}) {
    SmallSpool spool(100);
    const Fate fate = fetched(spool, body, {100, Download::Form::raw, "", 7, true});
    const auto& answer = std::get<Answer>(fate);
    EXPECT_EQ(answer.blob, std::nullopt) << body;
    EXPECT_EQ(answer.blob_bytes, body.size());
    EXPECT_EQ(spool.kept, 0) << body;
  }
}

TEST(AFileThatComes, MayHaveAnotherSizeWhereTheTrackerOnlyGuesses) {
  SmallSpool spool(100);
  const Fate fate = fetched(spool, "sak", {100, Download::Form::raw, "", 7, false});
  EXPECT_EQ(std::get<Answer>(fate).blob, (BlobRef{"kept", 3}));
}

TEST(AFileThatComes, IsNotAskedForWhereItHasNoRoomAndThatIsNotTheTrackersFault) {
  SmallSpool spool(6);
  MisbehavingServer server([](MisbehavingServer::Conversation&) { ADD_FAILURE() << "was asked"; });
  Call call;
  call.method = "GET";
  call.url = "http://127.0.0.1:1/attachments/download/7";
  call.download = Download{100, Download::Form::raw, "", 7, true};
  const Fate fate = make_client({.total = 5s}, &spool)->send(call);
  const auto& unsent = std::get<NotSent>(fate);
  EXPECT_EQ(in_english(unsent.why), "the file cannot be kept: spool: it is full");
  EXPECT_EQ(unsent.fault, Fault::ours);
}

struct PartRow {
  const char* name;
  std::string answer;
  std::optional<std::string> part;
};

TEST(APartOfAMail, IsReadAsEachServerGivesIt) {
  for (const PartRow& row : std::vector<PartRow>{
           {"a literal", "* 1 FETCH (UID 4 BODY[2] {5}\r\na{3}b UID 4)\r\n", "a{3}b"},
           {"a string in quotes", "* 1 FETCH (UID 4 BODY[2] \"c2Frc2Jybw==\")\r\n", "c2Frc2Jybw=="},
           {"with escaped signs", R"(* 1 FETCH (BODY[2] "a\"b\\c" UID 4))", "a\"b\\c"},
           {"an empty one", "* 1 FETCH (UID 4 BODY[2] \"\")\r\n", ""},
           {"with its beginning told", "* 1 FETCH (BODY[2]<0> {3}\r\nsak UID 4)\r\n", "sak"},
           {"behind another line", "* 7 EXISTS\r\n* 1 FETCH (UID 4 BODY[2] {3}\r\nsak)\r\n", "sak"},
           {"in lower case", "* 1 FETCH (UID 4 body[2] {3}\r\nsak)\r\n", "sak"},
           {"a literal that is cut off", "* 1 FETCH (UID 4 BODY[2] {50}\r\nabc", std::nullopt},
           {"a string that is cut off", "* 1 FETCH (UID 4 BODY[2] \"abc", std::nullopt},
           {"a literal without a size", "* 1 FETCH (UID 4 BODY[2] {x}\r\nabc)\r\n", std::nullopt},
           {"no such part", "* 1 FETCH (UID 4 BODY[2] NIL)\r\n", std::nullopt},
           {"no such mail", "", std::nullopt}}) {
    std::string buffer;
    const auto part = fetched_part(row.answer, buffer);
    EXPECT_EQ(part ? std::optional(std::string(*part)) : std::nullopt, row.part) << row.name;
  }
}

}  // namespace
}  // namespace saksbro::net
