// Addresses of links, and the language that a browser asks for.
#include "bridge/run/web/links.h"

#include <gtest/gtest.h>

#include "bridge/run/web/accept_language.h"

namespace saksbro::run {
namespace {

const Secret kSecret(std::string(32, 'x'));
const core::LinkClaim kClaim{CaseNumber{"SAK-2026-00001"}, core::Signal{"løst"},
                             core::Role{"first_line"}, "Bærum"};

TEST(Links, GiveAClaimOneAddressBelowTheirOwn) {
  const SignedLinks links({"https://saksbro.example.no/bro", {kSecret}});
  const std::string address = links.address(kClaim);
  EXPECT_EQ(address, links.address(kClaim));
  ASSERT_TRUE(address.starts_with("https://saksbro.example.no/bro/s/1")) << address;
  EXPECT_EQ(links.claim(address.substr(address.rfind('/') + 1)), kClaim);
}

TEST(Links, HaveNoAddressForAClaimThatNoTokenHolds) {
  const SignedLinks links({"https://saksbro.example.no", {kSecret}});
  core::LinkClaim claim = kClaim;
  claim.organisation = std::string(256, 'a');
  EXPECT_EQ(links.address(claim), "");
}

TEST(Links, SayWhomTheyWereSentTo) {
  EXPECT_EQ(in_english(said_by(kClaim, "takk").how), "the link of Bærum");
  core::LinkClaim nobody = kClaim;
  nobody.organisation.clear();
  const core::ExternalSignal said = said_by(nobody, "takk");
  EXPECT_EQ(in_english(said.how), "a link");
  EXPECT_EQ(said.signal, kClaim.signal);
  EXPECT_EQ(said.role, kClaim.role);
  EXPECT_EQ(said.text, "takk");
}

struct Wanted {
  const char* header;
  core::Language language;
};

constexpr auto kNb = core::Language::nb;
constexpr auto kEn = core::Language::en;
const Wanted kWanted[] = {
    {"", kNb},
    {"en", kEn},
    {"en-GB,en;q=0.9", kEn},
    {"nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6,en;q=0.5", kNb},
    {"NN", kNb},
    {"en;q=0.4, no;q=0.5", kNb},
    {"no;q=0.4, en;q=0.45", kEn},
    {"de, fr;q=0.9", kNb},
    {"de, en;q=0.1", kEn},
    {"en;q=0", kNb},
    {"en;q=0.000", kNb},
    {"en, nb", kNb},
    {"EN-us ; q=1.0", kEn},
    {"en;q=x", kNb},
    {"ens, english", kNb},
    {"*", kNb},
    {",,;q=,;;", kNb},
};

TEST(AcceptLanguage, ChoosesBetweenNorwegianAndEnglish) {
  for (const auto& [header, language] : kWanted)
    EXPECT_EQ(wanted_language(header), language) << header;
}

}  // namespace
}  // namespace saksbro::run
