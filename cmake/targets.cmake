# How every target of the project is made, so that a folder's CMakeLists.txt is a list of files.

add_library(hall_options INTERFACE)
target_include_directories(hall_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(hall_options INTERFACE HALL_VERSION="${PROJECT_VERSION}")
target_compile_options(hall_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wconversion -Wno-sign-conversion -Werror -pthread)

add_library(hall_not_optimised INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(hall_not_optimised INTERFACE -O0)
endif()

# Generated and third-party code keeps its own warnings and is never built with UBSan.
add_library(hall_sanitizers INTERFACE)
add_library(hall_sanitizers_generated INTERFACE)
if(HALL_SANITIZE)
  target_compile_options(hall_sanitizers INTERFACE -fsanitize=${HALL_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hall_sanitizers INTERFACE -fsanitize=${HALL_SANITIZE})
  string(REGEX REPLACE ",?undefined" "" generated_sanitize "${HALL_SANITIZE}")
  if(generated_sanitize)
    target_compile_options(hall_sanitizers_generated INTERFACE -fsanitize=${generated_sanitize}
                           -fno-omit-frame-pointer)
  endif()
  target_link_options(hall_sanitizers_generated INTERFACE -fsanitize=${HALL_SANITIZE})
endif()

# Up to eight files of a folder in one go: what they all read is parsed once, and a clean build takes
# a third of the time. Off, a change of one file compiles that file alone.
option(HALL_TOGETHER "compile the files of a folder together" ON)

# What nearly every file reads, parsed once: a clean build takes half the time. The headers say what
# they need all the same; clang builds without either and finds what they forgot.
function(hall_share_headers name from)
  if(TARGET ${from})
    target_precompile_headers(${name} REUSE_FROM ${from})
    add_dependencies(${name} ${from})
    set_target_properties(${name} PROPERTIES UNITY_BUILD ${HALL_TOGETHER} UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()

# hall_library(NAME SOURCES a.cc … LINKS x y …): target hall_NAME of this folder.
function(hall_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(hall_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(hall_${name} PUBLIC hall_options hall_sanitizers ${ARG_LINKS})
  hall_share_headers(hall_${name} hall_shared_headers)
endfunction()

# hall_program(NAME SOURCES main.cc LINKS …): a program people run, in <build>/bin/. The target
# `programs` builds them all, and none of the tests.
add_custom_target(programs)
function(hall_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE hall_options hall_sanitizers ${ARG_LINKS})
  hall_share_headers(${name} hall_shared_headers)
  add_dependencies(programs ${name})
endfunction()

# hall_test(NAME SOURCES … LINKS … [LABELS …] [TIMEOUT S] [SERIAL] [TRIES_MANY]): a GoogleTest binary;
# each TEST is a ctest test. SERIAL: it keeps the machine busy, so no other test runs beside it. All
# tests of a label are built by the target LABEL_tests. What a test itself does takes no time worth
# optimising (half of a clean build would go into that), except where it tries many days: TRIES_MANY.
function(hall_test name)
  cmake_parse_arguments(ARG "SERIAL;TRIES_MANY" "TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE hall_options hall_sanitizers GTest::gmock_main ${ARG_LINKS})
  if(ARG_TRIES_MANY)
    hall_share_headers(${name} hall_shared_headers)
  else()
    hall_share_headers(${name} hall_shared_test_headers)
    target_link_libraries(${name} PRIVATE hall_not_optimised)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_compile_definitions(${name} PRIVATE HALL_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             HALL_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  set(properties TIMEOUT ${ARG_TIMEOUT} RUN_SERIAL ${ARG_SERIAL})
  if(ARG_LABELS)
    list(APPEND properties LABELS "${ARG_LABELS}")
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES ${properties})
  foreach(label ${ARG_LABELS})
    if(NOT TARGET ${label}_tests)
      add_custom_target(${label}_tests)
    endif()
    add_dependencies(${label}_tests ${name})
  endforeach()
endfunction()
