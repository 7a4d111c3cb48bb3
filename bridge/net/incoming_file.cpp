#include "bridge/net/incoming_file.h"

#include <utility>

namespace saksbro::net {

IncomingFile::IncomingFile(Download download, Spool& spool)
    : download_(std::move(download)), spool_(spool), decoder_(make_decoder(download_)) {}

bool IncomingFile::take(std::string_view bytes) {
  if (broken_off()) return false;
  decoded_.clear();
  malformed_ = !decoder_->decode(bytes, decoded_);
  size_ += decoded_.size();
  too_large_ = size_ > download_.bytes_most;
  if (malformed_ || too_large_) return false;
  if (!writer_) {
    auto begun = spool_.begin();
    if (!begun) {
      wrong_ = begun.error();
      return false;
    }
    writer_ = *std::move(begun);
  }
  if (auto written = writer_->write(decoded_); !written) wrong_ = written.error();
  return !wrong_;
}

Fate IncomingFile::fate(Answer answer) {
  if (!broken_off() && !writer_) static_cast<void>(take({}));  // an empty file
  if (too_large_) return answer;
  if (!wrong_ && (malformed_ || !decoder_->whole()))
    return InDoubt{"the file in the answer is cut off or not encoded as it should be"};
  if (!wrong_) {
    auto kept = writer_->keep();
    if (kept) {
      answer.blob = *std::move(kept);
      return answer;
    }
    wrong_ = kept.error();
  }
  return InDoubt{Phrase("the file cannot be kept: {why}", {{"why", wrong_->text()}})};
}

}  // namespace saksbro::net
