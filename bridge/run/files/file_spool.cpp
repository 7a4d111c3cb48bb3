#include "bridge/run/files/file_spool.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "bridge/codec/digest.h"
#include "bridge/store/files/durable_file.h"
#include "bridge/store/files/own_file.h"

namespace saksbro::run {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnderWay = "incoming-";
constexpr std::size_t kHashCharacters = 64;

struct FreeDigest {
  void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

Error spool_error(const std::string& path) { return {"spool", path + ": " + std::strerror(errno)}; }

bool is_hash(std::string_view name) {
  return name.size() == kHashCharacters &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Reading a file does not change when it was used: a disk is often mounted so.
void touch(const std::string& path) {
  utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
}

}  // namespace

class FileSpool::Writer final : public net::SpoolWriter {
 public:
  // So many bytes are taken for it already.
  Writer(FileSpool& spool, std::string path, int file, std::uint64_t taken)
      : spool_(spool),
        path_(std::move(path)),
        file_(file),
        taken_(taken),
        digest_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
  }
  ~Writer() override {
    if (file_ >= 0) ::close(file_);
    if (kept_) return;
    ::unlink(path_.c_str());
    spool_.give_back(taken_);
  }

  Result<void> write(std::string_view bytes) override {
    if (size_ + bytes.size() > taken_) {
      const std::uint64_t more = size_ + bytes.size() - taken_;
      if (auto counted = spool_.count(more); !counted) return counted;
      taken_ += more;
    }
    size_ += bytes.size();
    EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
    while (!bytes.empty()) {
      const ssize_t count = ::write(file_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return tl::unexpected(spool_error(path_));
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return settle_some();
  }

  Result<BlobRef> keep() override {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(digest_.get(), hash.data(), &length);
    const BlobRef blob{codec::to_hex({reinterpret_cast<const char*>(hash.data()), length}), size_};
    if (::fsync(file_) != 0) return tl::unexpected(spool_error(path_));
    if (spool_.has(blob)) {
      touch(spool_.path_of(blob));
      return blob;  // and this copy goes with the writer
    }
    if (auto named = store::give_name(path_, spool_.path_of(blob), true); !named)
      return tl::unexpected(named.error());
    kept_ = true;
    spool_.give_back(taken_ - size_);
    return blob;
  }

 private:
  // Bit by bit: at its end a large file would take longer than whoever waits for a sign of life.
  Result<void> settle_some() {
    constexpr std::uint64_t kStep = 32ULL << 20U;
    if (size_ - settled_ < kStep) return {};
    settled_ = size_;
    if (::fdatasync(file_) != 0) return tl::unexpected(spool_error(path_));
    return {};
  }

  FileSpool& spool_;
  std::string path_;
  int file_;
  std::uint64_t taken_;
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
  std::uint64_t size_ = 0;
  std::uint64_t settled_ = 0;  // of it, so much is on the disk for certain
  bool kept_ = false;
};

class FileSpool::Reader final : public net::SpoolReader {
 public:
  Reader(std::string path, int file) : path_(std::move(path)), file_(file) {}
  ~Reader() override { ::close(file_); }

  Result<std::size_t> read(char* to, std::size_t size) override {
    for (;;) {
      const ssize_t count = ::read(file_, to, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return tl::unexpected(spool_error(path_));
    }
  }

 private:
  std::string path_;
  int file_;
};

Result<std::unique_ptr<FileSpool>> FileSpool::open(const std::string& folder,
                                                   const SpoolLimits& limits) {
  if (auto made = store::make_folders_of(folder + "/any"); !made)
    return tl::unexpected(made.error());
  if (auto safe = store::look_at_folder_of(folder + "/any"); !safe)
    return tl::unexpected(safe.error());
  std::unique_ptr<FileSpool> spool(new FileSpool(folder, limits));
  std::error_code wrong;
  for (const auto& entry : fs::directory_iterator(folder, wrong)) {
    const std::string name = entry.path().filename().string();
    std::error_code gone;
    if (name.starts_with(kUnderWay)) fs::remove(entry.path(), gone);
    if (is_hash(name)) spool->bytes_ += fs::file_size(entry.path(), gone);
  }
  if (wrong) return fail("spool", folder + ": " + wrong.message());
  return spool;
}

Result<std::unique_ptr<net::SpoolWriter>> FileSpool::begin(std::uint64_t bytes) {
  if (auto counted = count(bytes); !counted) return tl::unexpected(counted.error());
  std::string path = folder_ + "/" + std::string(kUnderWay);
  {
    const std::lock_guard lock(mutex_);
    path += std::to_string(getpid()) + "-" + std::to_string(++begun_);
  }
  const auto file = store::make_own_file(path, store::NewOwner::of_folder);
  if (!file) {
    give_back(bytes);
    return tl::unexpected(file.error());
  }
  return std::make_unique<Writer>(*this, std::move(path), *file, bytes);
}

Result<std::unique_ptr<net::SpoolReader>> FileSpool::open(const BlobRef& blob) {
  if (!has(blob)) return fail("spool", "there is no file " + blob.sha256);
  const std::string path = path_of(blob);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return tl::unexpected(spool_error(path));
  touch(path);
  return std::make_unique<Reader>(path, file);
}

bool FileSpool::has(const BlobRef& blob) const {
  struct stat found {};
  return is_hash(blob.sha256) && ::lstat(path_of(blob).c_str(), &found) == 0 &&
         S_ISREG(found.st_mode) && static_cast<std::uint64_t>(found.st_size) == blob.size;
}

std::string FileSpool::path_of(const BlobRef& blob) const { return folder_ + "/" + blob.sha256; }

void FileSpool::remove(const BlobRef& blob) {
  if (has(blob) && ::unlink(path_of(blob).c_str()) == 0) give_back(blob.size);
}

// Told by its time, as all else: a crash forgets nothing, and costs some days of room at most.
void FileSpool::done_with(const BlobRef& blob) const {
  const std::array<timespec, 2> long_ago{{{0, 0}, {0, 0}}};
  if (has(blob)) utimensat(AT_FDCWD, path_of(blob).c_str(), long_ago.data(), AT_SYMLINK_NOFOLLOW);
}

std::uint64_t FileSpool::clear(Instant then, const std::set<std::string>& needed) {
  std::uint64_t freed = 0;
  std::error_code wrong;
  for (const auto& entry : fs::directory_iterator(folder_, wrong)) {
    const std::string name = entry.path().filename().string();
    struct stat found {};
    if (!is_hash(name) || needed.contains(name) || ::lstat(entry.path().c_str(), &found) != 0)
      continue;
    const Instant used{std::chrono::seconds{found.st_mtim.tv_sec}};
    if (used < then && ::unlink(entry.path().c_str()) == 0)
      freed += static_cast<std::uint64_t>(found.st_size);
  }
  give_back(freed);
  return freed;
}

std::uint64_t FileSpool::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

Result<void> FileSpool::count(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (bytes_ + bytes > limits_.bytes_most)
    return fail("spool",
                "it is full: " + std::to_string(limits_.bytes_most) + " bytes are the limit");
  bytes_ += bytes;
  return {};
}

void FileSpool::give_back(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  bytes_ -= std::min(bytes, bytes_);
}

}  // namespace saksbro::run
