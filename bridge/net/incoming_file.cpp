#include "bridge/net/incoming_file.h"

#include <algorithm>
#include <utility>

namespace saksbro::net {

Fate no_room(const Error& why) {
  return NotSent{Phrase("the file cannot be kept: {why}", {{"why", why.text()}}), Fault::ours};
}

IncomingFile::IncomingFile(Download download, Spool& spool)
    : download_(std::move(download)), spool_(spool), decoder_(make_decoder(download_)) {}

Result<void> IncomingFile::begin() {
  auto begun = spool_.begin(std::min(download_.bytes, download_.bytes_most));
  if (!begun) return tl::unexpected(begun.error());
  writer_ = *std::move(begun);
  return {};
}

bool IncomingFile::take(std::string_view bytes) {
  if (broken_off()) return false;
  decoded_.clear();
  malformed_ = !decoder_->decode(bytes, decoded_);
  size_ += decoded_.size();
  too_large_ = size_ > (download_.exact ? std::min(download_.bytes, download_.bytes_most)
                                        : download_.bytes_most);
  if (malformed_ || too_large_) return false;
  if (auto written = writer_->write(decoded_); !written) wrong_ = written.error();
  return !wrong_;
}

Fate IncomingFile::fate(Answer answer) {
  answer.blob_bytes = size_;
  if (too_large_) return answer;
  if (!wrong_ && (malformed_ || !decoder_->whole()))
    return InDoubt{"the file in the answer is cut off or not encoded as it should be"};
  if (download_.exact && size_ != download_.bytes && !wrong_) return answer;
  if (!wrong_) {
    auto kept = writer_->keep();
    if (kept) {
      answer.blob = *std::move(kept);
      return answer;
    }
    wrong_ = kept.error();
  }
  return InDoubt{Phrase("the file cannot be kept: {why}", {{"why", wrong_->text()}}), false,
                 Fault::ours};
}

}  // namespace saksbro::net
