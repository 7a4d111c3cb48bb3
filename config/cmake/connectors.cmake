# A connector is a folder connectors/<kind> with a sample.yaml: a library saksbro_<kind>, and an include
# in connectors/every_connector.h, which the registry has its functions from. docs/writing-a-connector.md
# tells what else follows from the folder.
file(GLOB samples CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/connectors ${CMAKE_SOURCE_DIR}/connectors/*/sample.yaml)
set(SAKSBRO_CONNECTORS "")
set(includes "")
foreach(sample ${samples})
  get_filename_component(kind ${sample} DIRECTORY)
  saksbro_library(saksbro_${kind} connectors/${kind} saksbro_tracker)
  list(APPEND SAKSBRO_CONNECTORS ${kind})
  string(APPEND includes "#include \"connectors/${kind}/${kind}.h\"\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/connectors/every_connector.h
  CONTENT "// Written by config/cmake/connectors.cmake.\n#pragma once\n\n${includes}")

# The Norwegian of what they say, which the core shows people.
file(GLOB sentences CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/connectors/*/sentences_nb.inc)
list(TRANSFORM sentences REPLACE "(.+)" "#include \"\\1\"\n" OUTPUT_VARIABLE includes)
string(JOIN "" includes ${includes})
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/connectors/every_sentence_nb.inc
  CONTENT "// Written by config/cmake/connectors.cmake.\n${includes}")
target_include_directories(saksbro_core PRIVATE ${CMAKE_BINARY_DIR}/generated)

list(TRANSFORM SAKSBRO_CONNECTORS PREPEND saksbro_ OUTPUT_VARIABLE libraries)
saksbro_library(saksbro_connectors connectors ${libraries})
target_include_directories(saksbro_connectors PRIVATE ${CMAKE_BINARY_DIR}/generated)
