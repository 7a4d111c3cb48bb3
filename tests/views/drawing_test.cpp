// What is drawn of a process, character by character: told/, and docs/m1.svg and docs/m2.svg,
// which the README shows.
#include <gtest/gtest.h>

#include <memory>

#include "bridge/views/bpmn.h"
#include "bridge/views/mermaid.h"
#include "bridge/views/svg.h"
#include "bridge/views/terminal.h"
#include "tests/views/example.h"

namespace saksbro::views {
namespace {

using core::Language;

constexpr Language kBoth[]{Language::nb, Language::en};

const std::string kTold = "tests/views/told/";

TEST(Drawing, TheSmallProcessForATerminal) {
  expect_told(terminal_text(small_process(), small_look(Language::nb)), kTold + "small.nb.txt");
  expect_told(terminal_text(small_process(), small_look(Language::en)), kTold + "small.en.txt");
}

TEST(Drawing, TheSmallProcessAsBpmn) {
  expect_told(bpmn_xml(small_process(), small_look(Language::nb)), kTold + "small.bpmn");
}

TEST(Drawing, TheSmallProcessAsSvg) {
  expect_told(svg_picture(small_process(), small_look(Language::en)), kTold + "small.svg");
}

TEST(Drawing, TheSmallProcessAsMermaid) {
  expect_told(mermaid_diagram(small_process(), small_look(Language::nb)), kTold + "small.mmd");
}

TEST(Drawing, TheShippedProcessForATerminal) {
  expect_told(terminal_text(shipped_process("m1"), look_of(shipped_process("m1"), Language::nb)),
              kTold + "m1.txt");
}

TEST(Drawing, ThePicturesInTheReadmeAreThoseOfTheShippedProcesses) {
  for (const char* name : {"m1", "m2"}) {
    const core::Process& process = shipped_process(name);
    expect_told(svg_picture(process, look_of(process, Language::nb)),
                "docs/" + std::string(name) + ".svg");
  }
}

std::vector<std::string> drawn_by(std::string (*draw)(const core::Process&, const Look&)) {
  std::vector<std::string> texts;
  for (const Language language : kBoth) {
    texts.push_back(draw(small_process(), small_look(language)));
    for (const core::Process& one : shipped().mapping.processes)
      texts.push_back(draw(one, look_of(one, language)));
  }
  return texts;
}

TEST(Drawing, ALibraryOfTheModelersReadsTheBpmnWithoutAWarning) {
  EXPECT_EQ(complaint_about("bpmn", drawn_by(bpmn_xml)), "");
}

TEST(Drawing, TheCheckOfBpmnFindsWhatIsWrong) {
  std::string text = bpmn_xml(small_process(), small_look(Language::nb));
  const std::size_t at = text.find("targetRef=\"Activity_S.1.2\"");
  ASSERT_NE(at, text.npos);
  text.replace(at, 26, "targetRef=\"Activity_S.9.9\"");
  EXPECT_NE(complaint_about("bpmn", {text}).find("unresolved reference <Activity_S.9.9>"),
            std::string::npos);
}

TEST(Drawing, MermaidsOwnParserReadsTheStateDiagrams) {
  EXPECT_EQ(complaint_about("mermaid", drawn_by(mermaid_diagram)), "");
}

TEST(Drawing, MermaidTakesAnyWordThatAMappingCanHold) {
  core::Process process = small_process();
  core::Activity& first = process.activities.at(core::ActivityId{"S.1.1"});
  first.title.nb = "a:b;c\"d\"#e<f>g%%h{i}j[k] end note --> state";
  first.transitions.at(0).on = core::Signal{"x: y; \"z\" %% # --> [*] end"};
  EXPECT_EQ(complaint_about("mermaid", {mermaid_diagram(process, small_look(Language::nb)),
                                        mermaid_diagram({}, {})}),
            "");
}

TEST(Drawing, AProcessWithoutActivitiesIsDrawnToo) {
  EXPECT_EQ(terminal_text({}, {}),
            "\n\n\nOverganger\n\nTrekk som rutinen ikke tillater\n"
            "  alle  meldes i saksnotatet og listes\n");
  EXPECT_NE(svg_picture({}, {}).find("</svg>"), std::string::npos);
  EXPECT_NE(bpmn_xml({}, {}).find("</bpmn:definitions>"), std::string::npos);
}

TEST(Drawing, TheCheckOfMermaidFindsWhatIsWrong) {
  EXPECT_NE(complaint_about("mermaid", {"stateDiagram-v2\n  a --> --> b\n"}), "");
}

TEST(Drawing, SvgIsWellFormedXml) {
  std::string command = "xmllint --noout";
  std::vector<std::unique_ptr<TextFile>> files;
  for (const std::string& text : drawn_by(svg_picture)) {
    files.push_back(std::make_unique<TextFile>(text));
    command += " " + files.back()->path();
  }
  EXPECT_EQ(complaint_of(command), "");
}

}  // namespace
}  // namespace saksbro::views
