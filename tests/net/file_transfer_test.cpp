// Files on the wire: streamed out of the spool and into it, whole or not at all (docs/promises.md
// rows 50 and 51).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <thread>
#include <vector>

#include "bridge/net/client.h"
#include "bridge/net/incoming_file.h"
#include "bridge/net/outgoing_body.h"
#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using Conversation = MisbehavingServer::Conversation;

// Files by a name in place of their hash.
class FakeSpool final : public Spool {
 public:
  std::map<std::string, std::string> files;
  std::size_t room = 1U << 20U;
  int left_behind = 0;

  Result<std::unique_ptr<SpoolWriter>> begin(std::uint64_t bytes) override {
    if (bytes > room) return fail("spool", "it is full");
    return std::make_unique<Writer>(*this);
  }
  Result<std::unique_ptr<SpoolReader>> open(const BlobRef& blob) override {
    const auto found = files.find(blob.sha256);
    if (found == files.end()) return fail("spool", "there is no file " + blob.sha256);
    return std::make_unique<Reader>(found->second);
  }

 private:
  struct Writer final : SpoolWriter {
    explicit Writer(FakeSpool& in) : spool(in) { ++spool.left_behind; }
    ~Writer() override { --spool.left_behind; }
    Result<void> write(std::string_view bytes) override {
      text += bytes;
      if (text.size() > spool.room) return fail("spool", "it is full");
      return {};
    }
    Result<BlobRef> keep() override {
      spool.files["kept"] = text;
      return BlobRef{"kept", text.size()};
    }
    FakeSpool& spool;
    std::string text;
  };
  // Three bytes at a time, as a slow disk may have it.
  struct Reader final : SpoolReader {
    explicit Reader(std::string all) : text(std::move(all)) {}
    Result<std::size_t> read(char* to, std::size_t size) override {
      const std::size_t count = std::min({size, text.size() - at, std::size_t{3}});
      text.copy(to, count, at);
      at += count;
      return count;
    }
    std::string text;
    std::size_t at = 0;
  };
};

std::string told(const Fate& fate) {
  if (const auto* answer = std::get_if<Answer>(&fate)) {
    return "answer " + std::to_string(answer->status) +
           (answer->blob ? ", file of " + std::to_string(answer->blob->size) : "");
  }
  if (const auto* unsent = std::get_if<NotSent>(&fate))
    return "not sent: " + in_english(unsent->why);
  return "in doubt: " + in_english(std::get<InDoubt>(fate).why);
}

Call upload(const MisbehavingServer& server, std::vector<BodyPart> parts) {
  Call call;
  call.method = "POST";
  call.url = server.url("/uploads.json");
  call.headers = {{"content-type", "application/octet-stream"}};
  call.repeat = Repeat::never;
  call.parts = std::move(parts);
  return call;
}

Call download(const MisbehavingServer& server, Download how) {
  Call call;
  call.method = "GET";
  call.url = server.url("/attachments/download/7");
  call.download = std::move(how);
  return call;
}

MisbehavingServer::Behaviour answering(const std::string& body,
                                       const std::string& head = "200 OK") {
  return [body, head](Conversation& talk) {
    talk.read();
    talk.send("HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n" + body);
  };
}

std::string body_of(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

TEST(FileTransfer, AFileGoesOutBetweenTheTextsOfItsCallWithItsLengthAnnounced) {
  FakeSpool spool;
  spool.files["a"] = "skjermbilde";
  MisbehavingServer server(answering("{}", "201 Created"));
  const auto client = make_client({.connect = 2s, .total = 5s}, &spool);
  const Call call = upload(server, {{"--x\r\n\r\n", BlobRef{"a", 11}}, {"\r\n--x--\r\n"}});
  EXPECT_EQ(told(client->send(call)), "answer 201");
  const std::string seen = server.ledger().at(0);
  EXPECT_EQ(body_of(seen), "--x\r\n\r\nskjermbilde\r\n--x--\r\n");
  EXPECT_THAT(seen, HasSubstr("POST /uploads.json HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("Content-Length: 27\r\n"));
}

TEST(FileTransfer, PutsAndPatchesCarryFilesAsPostsDo) {
  FakeSpool spool;
  spool.files["a"] = "fil";
  for (const std::string method : {"PUT", "PATCH"}) {
    MisbehavingServer server(answering("{}"));
    Call call = upload(server, {{"", BlobRef{"a", 3}}});
    call.method = method;
    EXPECT_EQ(told(make_client({.total = 5s}, &spool)->send(call)), "answer 200");
    EXPECT_TRUE(server.ledger().at(0).starts_with(method + " /uploads.json")) << server.ledger()[0];
    EXPECT_EQ(body_of(server.ledger().at(0)), "fil");
  }
}

// The end of such a request never left: nothing was carried out.
TEST(FileTransfer, AFileThatIsNotInTheSpoolIsSurelyNotSent) {
  FakeSpool spool;
  MisbehavingServer server(answering("{}"));
  const auto client = make_client({.total = 5s}, &spool);
  EXPECT_EQ(told(client->send(upload(server, {{"before", BlobRef{"gone", 3}}}))),
            "not sent: a file to send cannot be read: spool: there is no file gone");
}

TEST(FileTransfer, WithoutASpoolNoFilesComeOrGo) {
  MisbehavingServer server(answering("{}"));
  const auto client = make_client({.total = 5s});
  EXPECT_EQ(told(client->send(upload(server, {{"text"}}))),
            "not sent: no folder for files is configured");
  EXPECT_EQ(told(client->send(download(server, {10}))),
            "not sent: no folder for files is configured");
}

TEST(FileTransfer, AFileThatComesInLiesInTheSpoolAndNotInTheAnswer) {
  FakeSpool spool;
  MisbehavingServer server(answering("%PDF-1.7 brev"));
  const Fate fate = make_client({.total = 5s}, &spool)->send(download(server, {100}));
  EXPECT_EQ(told(fate), "answer 200, file of 13");
  EXPECT_THAT(std::get<Answer>(fate).body, IsEmpty());
  EXPECT_EQ(spool.files["kept"], "%PDF-1.7 brev");
}

TEST(FileTransfer, AnEmptyFileIsAFile) {
  FakeSpool spool;
  MisbehavingServer server(answering(""));
  EXPECT_EQ(told(make_client({.total = 5s}, &spool)->send(download(server, {100}))),
            "answer 200, file of 0");
}

TEST(FileTransfer, ARefusalIsAnAnswerWithItsBodyAndLeavesNoFile) {
  FakeSpool spool;
  MisbehavingServer server(answering("not here", "404 Not Found"));
  const Fate fate = make_client({.total = 5s}, &spool)->send(download(server, {100}));
  EXPECT_EQ(told(fate), "answer 404");
  EXPECT_EQ(std::get<Answer>(fate).body, "not here");
  EXPECT_THAT(spool.files, IsEmpty());
}

TEST(FileTransfer, AFileLargerThanItMayBeIsBrokenOffAndIsAnAnswerWithoutAFile) {
  FakeSpool spool;
  MisbehavingServer server(answering(std::string(100'000, 'x')));
  EXPECT_EQ(told(make_client({.total = 5s}, &spool)->send(download(server, {1'000}))),
            "answer 200");
  EXPECT_THAT(spool.files, IsEmpty());
  EXPECT_EQ(spool.left_behind, 0);
}

TEST(FileTransfer, AFileThatIsCutOffIsInDoubtAndLeavesNothing) {
  FakeSpool spool;
  MisbehavingServer server([](Conversation& talk) {
    talk.read();
    talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
  });
  EXPECT_THAT(told(make_client({.total = 5s}, &spool)->send(download(server, {1'000}))),
              testing::StartsWith("in doubt: "));
  EXPECT_THAT(spool.files, IsEmpty());
  EXPECT_EQ(spool.left_behind, 0);
}

TEST(FileTransfer, AFullSpoolIsTheReason) {
  FakeSpool spool;
  spool.room = 5;
  MisbehavingServer server(answering("more than five"));
  EXPECT_EQ(told(make_client({.total = 5s}, &spool)->send(download(server, {1'000}))),
            "in doubt: the file cannot be kept: spool: it is full");
}

struct MemberRow {
  std::string name;
  std::string body;
  std::string told;
  std::string file;
};

TEST(FileTransfer, AFileInAJsonAnswerIsTakenOutOfItsMember) {
  const std::vector<MemberRow> rows = {
      {"the member", R"({"id":"7","Content":"c2FrIDE=\n","Subject":"x"})", "answer 200, file of 5",
       "sak 1"},
      {"escaped slashes and no padding needed", R"({ "Content" : "Pz8\/" })",
       "answer 200, file of 3", "???"},
      {"a member of that name further down is another one",
       R"({"a":{"Content":"eHh4"},"Content":"c2Fr"})", "answer 200, file of 3", "sak"},
      {"a value of that name is no member", R"({"a":"Content","b":"eHh4","Content":"c2Fr"})",
       "answer 200, file of 3", "sak"},
      {"an empty file", R"({"Content":""})", "answer 200, file of 0", ""},
      {"signs by their number", R"({"Content":"c2FrIDE\u003d"})", "answer 200, file of 5", "sak 1"},
      {"a hyphen is no end", R"({"Content":"c2Fr-c2Fr"})",
       "in doubt: the file in the answer is cut off or not encoded as it should be", ""},
      {"no such member", R"({"id":"7"})",
       "in doubt: the file in the answer is cut off or not encoded as it should be", ""},
      {"half a group", R"({"Content":"c2FrI"})",
       "in doubt: the file in the answer is cut off or not encoded as it should be", ""},
      {"no base64", R"({"Content":"c2Fr####"})",
       "in doubt: the file in the answer is cut off or not encoded as it should be", ""},
      {"the string has no end", R"({"Content":"c2Fr)",
       "in doubt: the file in the answer is cut off or not encoded as it should be", ""}};
  for (const MemberRow& row : rows) {
    FakeSpool spool;
    MisbehavingServer server(answering(row.body));
    const Download how{100, Download::Form::json_base64, "Content"};
    EXPECT_EQ(told(make_client({.total = 5s}, &spool)->send(download(server, how))), row.told)
        << row.name;
    EXPECT_EQ(spool.files["kept"], row.file) << row.name;
  }
}

TEST(FileDecoder, GivesTheSameWhereverTheBytesAreCut) {
  const std::string plain = R"({"x":"\"Content\":\"AAAA\"","Content":"YmxvYg=="})";
  for (std::size_t cut = 0; cut <= plain.size(); ++cut) {
    const auto decoder = make_decoder({100, Download::Form::json_base64, "Content"});
    std::string out;
    EXPECT_TRUE(decoder->decode(plain.substr(0, cut), out) &&
                decoder->decode(plain.substr(cut), out) && decoder->whole())
        << cut;
    EXPECT_EQ(out, "blob") << cut;
  }
}

TEST(FileDecoder, ReadsQuotedPrintableAsMailHasIt) {
  const auto decoder = make_transfer_decoder("Quoted-Printable");
  std::string out;
  EXPECT_TRUE(decoder->decode("bl=C3=A5=\r\nb=e6r =", out));
  EXPECT_FALSE(decoder->whole());
  EXPECT_TRUE(decoder->decode("\n=ZZ", out) && decoder->whole());
  EXPECT_EQ(out,
            "bl\xC3\xA5"
            "b\xE6r =ZZ");
}

TEST(OutgoingBody, EncodesAFileAsItsPlaceNeedsItAndSaysTheSizeBefore) {
  FakeSpool spool;
  spool.files["a"] = std::string(100, 'a');
  spool.files["b"] = "";
  const auto all_of = [&](const BodyPart& part) {
    Call call;
    call.parts = {part};
    OutgoingBody body(call, &spool);
    std::string text;
    char bytes[7];
    for (auto count = body.read(bytes, sizeof(bytes)); count && *count > 0;
         count = body.read(bytes, sizeof(bytes)))
      text.append(bytes, *count);
    EXPECT_EQ(text.size(), body.size());
    EXPECT_TRUE(body.all_read());
    return text;
  };
  using Encoding = BodyPart::Encoding;
  const std::string in_lines = all_of({"", BlobRef{"a", 100}, Encoding::base64_lines});
  EXPECT_EQ(in_lines.find("\r\n"), 76U);
  EXPECT_TRUE(in_lines.ends_with("YWFhYQ==\r\n")) << in_lines;
  EXPECT_EQ(all_of({"[", BlobRef{"a", 100}, Encoding::base64}).find("\r\n"), std::string::npos);
  EXPECT_EQ(all_of({"only text", {}, Encoding::raw}), "only text");
  EXPECT_EQ(all_of({"", BlobRef{"b", 0}, Encoding::base64_lines}), "");
}

// Bytes without end, that nobody keeps.
class EndlessSpool final : public Spool {
 public:
  std::uint64_t written = 0;

  Result<std::unique_ptr<SpoolWriter>> begin(std::uint64_t) override {
    return std::make_unique<Sink>(written);
  }
  Result<std::unique_ptr<SpoolReader>> open(const BlobRef& blob) override {
    return std::make_unique<Source>(blob.size);
  }

 private:
  struct Sink final : SpoolWriter {
    explicit Sink(std::uint64_t& count) : written(count) {}
    Result<void> write(std::string_view bytes) override {
      written += bytes.size();
      return {};
    }
    Result<BlobRef> keep() override { return BlobRef{"kept", written}; }
    std::uint64_t& written;
  };
  struct Source final : SpoolReader {
    explicit Source(std::uint64_t all) : left(all) {}
    Result<std::size_t> read(char* to, std::size_t size) override {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, size));
      std::fill_n(to, count, 'x');
      left -= count;
      return count;
    }
    std::uint64_t left;
  };
};

// What the process has of the machine's memory, in bytes.
std::uint64_t resident() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// Takes a request of whatever size and keeps none of it; then sends so many bytes.
void take_and_send(int port_socket, std::uint64_t bytes) {
  const int peer = accept(port_socket, nullptr, nullptr);
  std::vector<char> buffer(65'536);
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = recv(peer, buffer.data(), 1, 0);
    if (count <= 0) break;
    head += buffer[0];
  }
  const auto at = head.find("Content-Length: ");
  std::uint64_t left = at == std::string::npos ? 0 : std::stoull(head.substr(at + 16));
  while (left > 0) {
    const ssize_t count = recv(peer, buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    left -= static_cast<std::uint64_t>(count);
  }
  const std::string answer =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
  send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
  while (bytes > 0) {
    const ssize_t count =
        send(peer, buffer.data(),
             static_cast<std::size_t>(std::min<std::uint64_t>(bytes, buffer.size())), MSG_NOSIGNAL);
    if (count <= 0) break;
    bytes -= static_cast<std::uint64_t>(count);
  }
  close(peer);
}

// Promise 50.
TEST(FileTransfer, TwoGigabytesPassInLittleMemoryBothWays) {
  constexpr std::uint64_t kSize = 2ULL << 30U;
  constexpr std::uint64_t kMost = 16U << 20U;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(listen(listener, 2), 0);
  socklen_t length = sizeof(address);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/file";
  std::thread server([listener] {
    take_and_send(listener, 2);
    take_and_send(listener, kSize);
  });
  EndlessSpool spool;
  const auto client = make_client({.connect = 2s, .total = 60s}, &spool);
  std::uint64_t highest = 0;
  const std::uint64_t before = resident();
  // Now and then: libcurl asks for each piece, and a look needs memory of its own.
  int asked = 0;
  const auto look = [&] {
    if (asked++ % 1'000 == 0) highest = std::max(highest, resident());
  };
  Call out{.method = "POST", .url = url, .headers = {}, .body = {}, .repeat = Repeat::never};
  out.parts = {{"--x\r\n\r\n", BlobRef{"any", kSize}}, {"\r\n--x--\r\n"}};
  EXPECT_EQ(told(client->send(out, look)), "answer 200");
  Call in{.method = "GET", .url = url, .headers = {}, .body = {}};
  in.download = Download{kSize};
  EXPECT_EQ(told(client->send(in, look)), "answer 200, file of " + std::to_string(kSize));
  server.join();
  close(listener);
  EXPECT_LT(highest - std::min(highest, before), kMost);
}

}  // namespace
}  // namespace saksbro::net
