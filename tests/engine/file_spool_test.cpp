// The spool of files, and what is looked at in them.
#include "bridge/run/files/file_spool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "bridge/run/files/file_check.h"
#include "tests/rig/folder.h"

namespace saksbro::run {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::unique_ptr<FileSpool> spool_in(const std::string& folder, std::uint64_t most = 1U << 20U) {
  auto opened = FileSpool::open(folder, {most});
  EXPECT_TRUE(opened) << opened.error().text();
  return *std::move(opened);
}

BlobRef keep(FileSpool& spool, const std::string& bytes) {
  auto writer = spool.begin(0);
  EXPECT_TRUE(writer && (*writer)->write(bytes));
  const auto kept = (*writer)->keep();
  EXPECT_TRUE(kept);
  return *kept;
}

std::string read_all(FileSpool& spool, const BlobRef& blob) {
  auto reader = spool.open(blob);
  if (!reader) return reader.error().text();
  std::string all;
  char bytes[4];
  for (auto count = (*reader)->read(bytes, sizeof(bytes)); count && *count > 0;
       count = (*reader)->read(bytes, sizeof(bytes)))
    all.append(bytes, *count);
  return all;
}

TEST(FileSpool, KeepsAFileUnderTheHashOfItsBytesForItsOwnerAlone) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const BlobRef blob = keep(*spool, "sak");
  EXPECT_EQ(blob.size, 3U);
  EXPECT_EQ(blob.sha256.size(), 64U);
  EXPECT_EQ(read_all(*spool, blob), "sak");
  struct stat found {};
  ASSERT_EQ(stat(spool->path_of(blob).c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST(FileSpool, TheSameBytesAreOneFile) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  EXPECT_EQ(keep(*spool, "sak"), keep(*spool, "sak"));
  EXPECT_EQ(spool->bytes(), 3U);
}

TEST(FileSpool, AFileThatIsNotKeptLeavesNothing) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  {
    auto writer = spool->begin(0);
    EXPECT_TRUE(writer && (*writer)->write("half of"));
    EXPECT_EQ(spool->bytes(), 7U);
  }
  EXPECT_EQ(spool->bytes(), 0U);
  EXPECT_TRUE(fs::is_empty(folder.path() / "files"));
}

TEST(FileSpool, TakesNoMoreThanItsRoomAndSaysSo) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files", 10);
  static_cast<void>(keep(*spool, "12345678"));
  auto writer = spool->begin(0);
  ASSERT_TRUE(writer);
  const auto written = (*writer)->write("345");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().text(), "spool: it is full: 10 bytes are the limit");
}

TEST(FileSpool, WhatAnEarlierProcessHadNotFinishedIsRemovedAndTheRestIsCounted) {
  const rig::Folder folder("files");
  BlobRef blob;
  {
    const auto spool = spool_in(folder.path() / "files");
    blob = keep(*spool, "sak");
    std::ofstream(folder.path() / "files" / "incoming-1-1") << "half";
  }
  const auto spool = spool_in(folder.path() / "files");
  EXPECT_EQ(spool->bytes(), 3U);
  EXPECT_EQ(read_all(*spool, blob), "sak");
  EXPECT_FALSE(fs::exists(folder.path() / "files" / "incoming-1-1"));
}

// Two that both fit alone and not together: the second one waits before its first byte.
TEST(FileSpool, TheRoomOfAFileIsItsOwnBeforeItsFirstByteComes) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files", 10);
  auto first = spool->begin(8);
  ASSERT_TRUE(first);
  EXPECT_FALSE(spool->begin(8));
  EXPECT_TRUE((*first)->write("12345678"));
  EXPECT_EQ(spool->bytes(), 8U);
  first->reset();
  EXPECT_EQ(spool->bytes(), 0U);
  EXPECT_TRUE(spool->begin(8));
}

TEST(FileSpool, ASmallerFileGivesTheRestOfItsRoomBackAndALargerOneTakesMore) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files", 10);
  {
    auto writer = spool->begin(8);
    ASSERT_TRUE(writer && (*writer)->write("sak") && (*writer)->keep());
  }
  EXPECT_EQ(spool->bytes(), 3U);
  auto larger = spool->begin(2);
  ASSERT_TRUE(larger && (*larger)->write("1234567"));
  EXPECT_EQ(spool->bytes(), 10U);
  EXPECT_FALSE((*larger)->write("8"));
}

class OldFiles : public testing::Test {
 protected:
  rig::Folder folder_{"files"};
  std::unique_ptr<FileSpool> spool_ = spool_in(folder_.path() / "files");
  BlobRef blob_ = keep(*spool_, "sak");
  Instant now_ = std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
};

TEST_F(OldFiles, ThatNobodyHasUsedForLongAreForgotten) {
  EXPECT_EQ(spool_->clear(now_ - std::chrono::hours(1), {}), 0U);
  EXPECT_EQ(spool_->clear(now_ + std::chrono::hours(1), {}), 3U);
  EXPECT_FALSE(spool_->has(blob_));
  EXPECT_EQ(spool_->bytes(), 0U);
}

TEST_F(OldFiles, ThatSomebodyNeedsStayHoweverOldTheyAre) {
  EXPECT_EQ(spool_->clear(now_ + std::chrono::hours(24 * 365), {blob_.sha256}), 0U);
  EXPECT_TRUE(spool_->has(blob_));
}

TEST_F(OldFiles, ThatWereSentGoAtOnceUnlessSomebodyNeedsOrBringsThemAgain) {
  spool_->done_with(blob_);
  EXPECT_EQ(spool_->clear(now_ - std::chrono::hours(24), {blob_.sha256}), 0U);
  static_cast<void>(keep(*spool_, "sak"));
  EXPECT_EQ(spool_->clear(now_ - std::chrono::hours(24), {}), 0U);
  spool_->done_with(blob_);
  EXPECT_EQ(spool_->clear(now_ - std::chrono::hours(24), {}), 3U);
}

TEST(FileSpool, AFileOfAnotherSizeOrOfNoHashIsNotThere) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  BlobRef blob = keep(*spool, "sak");
  blob.size = 4;
  EXPECT_FALSE(spool->has(blob));
  EXPECT_FALSE(spool->has({"../../etc/passwd", 3}));
  EXPECT_THAT(read_all(*spool, {"../../etc/passwd", 3}), HasSubstr("there is no file"));
}

TEST(FileCheck, AProgramIsRefusedByItsNameOrItsContent) {
  const auto why = [](const std::string& name, const std::string& type) {
    const auto found = unfit_file(name, type, false);
    return found ? in_english(*found) : "";
  };
  EXPECT_EQ(why("faktura.pdf.exe", "application/octet-stream"),
            "the file \"faktura.pdf.exe\" is a program or a script");
  EXPECT_EQ(why("bilde.png", "application/x-dosexec"),
            "the file \"bilde.png\" is a program or a script");
  EXPECT_EQ(why("LES MEG.JS", "text/plain"), "the file \"LES MEG.JS\" is a program or a script");
  EXPECT_EQ(why("bilde.png", "text/html"),
            "the file \"bilde.png\" is not what its name says: it looks like text/html");
  EXPECT_EQ(why("logg.txt", "text/html"),
            "the file \"logg.txt\" is not what its name says: it looks like text/html");
  for (const auto& [name, type] : std::vector<std::pair<std::string, std::string>>{
           {"bilde.PNG", "image/png"},
           {"bilde.jpg", "image/png"},
           {"brev.pdf", "application/pdf"},
           {"brev.pdf", "application/octet-stream"},
           {"brev.docx", "application/zip"},
           {"logg.txt", "text/x-c"},
           {"uten endelse", "application/octet-stream"}})
    EXPECT_EQ(why(name, type), "") << name;
  EXPECT_EQ(unfit_file("a.exe", "application/x-dosexec", true), std::nullopt);
}

TEST(FileCheck, TheContentIsLookedAtAndARefusedFileIsRemoved) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const FileCheck check({}, *spool);
  const BlobRef script = keep(*spool, "#!/bin/sh\nrm -rf /\n");
  const FileVerdict verdict = check.look(script, "notat.txt");
  EXPECT_EQ(verdict.kind, FileVerdict::Kind::refused);
  EXPECT_EQ(in_english(verdict.why), "the file \"notat.txt\" is a program or a script");
  EXPECT_TRUE(spool->has(script)) << "another file with these bytes may be called otherwise";
  const BlobRef picture = keep(*spool, std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  EXPECT_EQ(check.look(picture, "skjerm.png").kind, FileVerdict::Kind::good);
  EXPECT_EQ(check.look(picture, "brev.pdf").kind, FileVerdict::Kind::refused);
}

std::string script_that(const rig::Folder& folder, const std::string& does) {
  const std::string path = folder.path() / "scanner";
  std::ofstream(path) << "#!/bin/sh\n" << does << "\n";
  fs::permissions(path, fs::perms::owner_all);
  return path;
}

TEST(FileCheck, AScannersCommandSaysByItsEndWhatItFound) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const BlobRef blob = keep(*spool, "sak");
  const auto verdict = [&](const std::string& does) {
    FileCheckSettings settings;
    settings.scanner = ScanCommand{{script_that(folder, does)}};
    return FileCheck(settings, *spool).look(blob, "sak.txt");
  };
  EXPECT_EQ(verdict("test -f \"$1\" && grep -q sak \"$1\"").kind, FileVerdict::Kind::good);
  const FileVerdict broken = verdict("echo no database >&2; exit 2");
  EXPECT_EQ(broken.kind, FileVerdict::Kind::not_known);
  EXPECT_THAT(in_english(broken.why), HasSubstr("ended with 2: no database"));
  EXPECT_EQ(verdict("test -z \"$SAKSBRO_SCAN_TEST_SECRET\"").kind, FileVerdict::Kind::good);
  const FileVerdict found = verdict("echo \"$1: Eicar FOUND\"; exit 1");
  EXPECT_EQ(found.kind, FileVerdict::Kind::refused);
  EXPECT_THAT(in_english(found.why), HasSubstr("Eicar FOUND"));
  EXPECT_FALSE(spool->has(blob));
}

// It tells others that it lives, and is ended with all that it has started.
TEST(FileCheck, AScannerThatTakesTooLongIsEndedWithWhatItHasStarted) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const BlobRef blob = keep(*spool, "sak");
  const std::string child = folder.path() / "child";
  FileCheckSettings settings;
  settings.scanner =
      ScanCommand{{script_that(folder, "sleep 300 & echo $! > '" + child + "'; wait")}};
  settings.scan_longest = std::chrono::milliseconds(700);
  int alive = 0;
  const FileVerdict verdict = FileCheck(settings, *spool).look(blob, "sak.txt", [&] {
    ++alive;
    return true;
  });
  EXPECT_EQ(verdict.kind, FileVerdict::Kind::not_known);
  EXPECT_THAT(in_english(verdict.why), HasSubstr("took too long"));
  EXPECT_GE(alive, 3);
  EXPECT_TRUE(spool->has(blob));
  pid_t started = 0;
  std::ifstream(child) >> started;
  ASSERT_GT(started, 0);
  // It is nobody's child here: whoever takes orphans over may not have buried it yet.
  const auto is_running = [&] {
    std::string state;
    std::ifstream stat("/proc/" + std::to_string(started) + "/stat");
    for (int i = 0; i < 3; ++i) stat >> state;
    return !state.empty() && state != "Z";
  };
  for (int i = 0; i < 100 && is_running(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(is_running());
}

TEST(FileCheck, AScannerThatLeavesSomethingRunningIsNotWaitedForBeyondItsOwnEnd) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  FileCheckSettings settings;
  settings.scanner = ScanCommand{{script_that(folder, "sleep 300 & exit 0")}};
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(FileCheck(settings, *spool).look(keep(*spool, "sak"), "sak.txt").kind,
            FileVerdict::Kind::good);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
}

TEST(FileCheck, AScanEndsWhenTheServiceStopsOrItsClaimIsLost) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const BlobRef blob = keep(*spool, "sak");
  FileCheckSettings settings;
  settings.scanner = ScanCommand{{script_that(folder, "sleep 300")}};
  const auto began = std::chrono::steady_clock::now();
  FileCheck check(settings, *spool);
  EXPECT_EQ(check.look(blob, "sak.txt", [] { return false; }).kind, FileVerdict::Kind::not_known);
  std::thread stop([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    check.cancel();
  });
  EXPECT_EQ(check.look(blob, "sak.txt").kind, FileVerdict::Kind::not_known);
  stop.join();
  EXPECT_EQ(check.look(blob, "sak.txt").kind, FileVerdict::Kind::not_known) << "none is begun";
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
}

TEST(FileCheck, TellsWhatTheBytesLookLike) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const FileCheck check({}, *spool);
  EXPECT_EQ(check.look(keep(*spool, std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)), "uten navn")
                .looks_like,
            "image/png");
  EXPECT_EQ(check.look(keep(*spool, "bare ord"), "notat.txt").looks_like, "text/plain");
}

// As clamd(8) has it: a command, chunks with their length before them, an empty one, an answer.
class FakeClamd {
 public:
  FakeClamd(const std::string& path, std::string answer) : answer_(std::move(answer)) {
    listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    thread_ = std::thread([this] { talk(); });
  }
  FakeClamd(const FakeClamd&) = delete;
  FakeClamd& operator=(const FakeClamd&) = delete;
  ~FakeClamd() {
    thread_.join();
    close(listener_);
  }
  std::string seen;

 private:
  void talk() {
    const int peer = accept(listener_, nullptr, nullptr);
    std::string all;
    char bytes[256];
    while (!all.ends_with(std::string(4, '\0')) || all.size() < 14) {
      const ssize_t count = read(peer, bytes, sizeof(bytes));
      if (count <= 0) break;
      all.append(bytes, static_cast<std::size_t>(count));
    }
    seen = all;
    const std::string answer = answer_ + std::string(1, '\0');
    EXPECT_EQ(write(peer, answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
    close(peer);
  }

  std::string answer_;
  int listener_ = -1;
  std::thread thread_;
};

TEST(FileCheck, AClamdThatSaysNothingIsNotWaitedForLongerThanItMayTake) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const std::string path = folder.path() / "clamd.ctl";
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  FileCheckSettings settings;
  settings.scanner = Clamd{path};
  settings.scan_longest = std::chrono::milliseconds(400);
  int alive = 0;
  const FileVerdict verdict =
      FileCheck(settings, *spool).look(keep(*spool, "sak"), "sak.txt", [&] { return ++alive > 0; });
  close(listener);
  EXPECT_EQ(in_english(verdict.why), "the virus scanner did not answer: clamd took too long");
  EXPECT_GE(alive, 2);
}

TEST(FileCheck, ClamdIsShownTheBytesAndBelieved) {
  const rig::Folder folder("files");
  const auto spool = spool_in(folder.path() / "files");
  const std::string socket = folder.path() / "clamd.ctl";
  FileCheckSettings settings;
  settings.scanner = Clamd{socket};
  const FileCheck check(settings, *spool);
  const BlobRef blob = keep(*spool, "sak");
  EXPECT_EQ(check.look(blob, "sak.txt").kind, FileVerdict::Kind::not_known);
  {
    FakeClamd clamd(socket, "stream: OK");
    EXPECT_EQ(check.look(blob, "sak.txt").kind, FileVerdict::Kind::good);
  }
  fs::remove(socket);
  FakeClamd clamd(socket, "stream: Win.Test.EICAR_HDB-1 FOUND");
  const FileVerdict verdict = check.look(blob, "sak.txt");
  EXPECT_EQ(in_english(verdict.why),
            "the virus scanner refuses the file \"sak.txt\": Win.Test.EICAR_HDB-1");
  EXPECT_FALSE(spool->has(blob));
}

}  // namespace
}  // namespace saksbro::run
