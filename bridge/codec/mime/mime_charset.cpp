#include "bridge/codec/mime/mime_charset.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "bridge/codec/utf8.h"
#include "bridge/codec/windows_1252.h"

namespace saksbro::codec {
namespace {

using Label = std::pair<std::string_view, std::string_view>;

// What programs call a charset, and what they write under that name.
constexpr std::array<Label, 30> kLabels{{{"iso-8859-1", "windows-1252"},
                                         {"iso8859-1", "windows-1252"},
                                         {"iso_8859-1", "windows-1252"},
                                         {"iso88591", "windows-1252"},
                                         {"latin1", "windows-1252"},
                                         {"latin-1", "windows-1252"},
                                         {"l1", "windows-1252"},
                                         {"cp1252", "windows-1252"},
                                         {"x-cp1252", "windows-1252"},
                                         {"us-ascii", "utf-8"},
                                         {"ascii", "utf-8"},
                                         {"ansi_x3.4-1968", "utf-8"},
                                         {"utf8", "utf-8"},
                                         {"unicode-1-1-utf-8", "utf-8"},
                                         {"iso-8859-9", "windows-1254"},
                                         {"latin5", "windows-1254"},
                                         {"iso-8859-11", "windows-874"},
                                         {"tis-620", "windows-874"},
                                         {"gb2312", "gb18030"},
                                         {"gbk", "gb18030"},
                                         {"x-gbk", "gb18030"},
                                         {"shift_jis", "cp932"},
                                         {"shift-jis", "cp932"},
                                         {"x-sjis", "cp932"},
                                         {"euc-kr", "cp949"},
                                         {"ks_c_5601-1987", "cp949"},
                                         {"big5", "big5-hkscs"},
                                         {"iso-8859-8-i", "iso-8859-8"},
                                         {"unicode", "utf-16"},
                                         {"windows-31j", "cp932"}}};

std::string known_as(std::string_view charset) {
  std::string name(charset);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return g_ascii_tolower(c); });
  name.erase(0, std::min(name.find_first_not_of(" \"'"), name.size()));
  name.erase(name.find_last_not_of(" \"'") + 1);
  const auto found = std::find_if(kLabels.begin(), kLabels.end(),
                                  [&](const Label& label) { return label.first == name; });
  return found == kLabels.end() ? name : std::string(found->second);
}

// One conversion of iconv: from what is left of the bytes to what it writes.
class Conversion {
 public:
  Conversion(const std::string& bytes, const std::string& charset)
      : iconv_(g_iconv_open("UTF-8", charset.c_str())),
        in_(const_cast<char*>(bytes.data())),  // iconv's signature; it does not write there
        left_(bytes.size()) {}
  ~Conversion() {
    if (known()) g_iconv_close(iconv_);
  }
  Conversion(const Conversion&) = delete;
  Conversion& operator=(const Conversion&) = delete;

  [[nodiscard]] bool known() const { return iconv_ != reinterpret_cast<GIConv>(-1); }

  std::string text() {
    std::string out;
    while (left_ > 0) {
      std::array<char, 4096> buffer{};
      char* to = buffer.data();
      std::size_t room = buffer.size();
      errno = 0;
      const bool failed = g_iconv(iconv_, &in_, &left_, &to, &room) == static_cast<std::size_t>(-1);
      const int why = errno;
      out.append(buffer.data(), buffer.size() - room);
      if (!failed || why == E2BIG) continue;
      out += kReplacement;
      if (why != EILSEQ || left_ == 0) break;  // a character that is cut off by the end
      ++in_;
      --left_;
    }
    return out;
  }

 private:
  GIConv iconv_;
  char* in_;
  gsize left_;
};

}  // namespace

std::string text_in_utf8(const std::string& bytes, std::string_view charset) {
  const std::string name = known_as(charset);
  if (name == "windows-1252") return utf8_from_windows_1252(bytes);
  if (name.empty() || name == "utf-8") return repair_windows_1252(bytes);
  Conversion conversion(bytes, name);
  return conversion.known() ? repair_windows_1252(conversion.text()) : repair_windows_1252(bytes);
}

}  // namespace saksbro::codec
