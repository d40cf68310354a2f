
# Consider dependencies only in project.
set(CMAKE_DEPENDS_IN_PROJECT_ONLY OFF)

# The set of languages for which implicit dependencies are needed:
set(CMAKE_DEPENDS_LANGUAGES
  )

# The set of dependency files which are needed:
set(CMAKE_DEPENDS_DEPENDENCY_FILES
  "/tmp/net-src/hall-server/store/chain.cc" "hall-server/store/CMakeFiles/hall_store.dir/chain.cc.o" "gcc" "hall-server/store/CMakeFiles/hall_store.dir/chain.cc.o.d"
  "/tmp/net-src/hall-server/store/event_log.cc" "hall-server/store/CMakeFiles/hall_store.dir/event_log.cc.o" "gcc" "hall-server/store/CMakeFiles/hall_store.dir/event_log.cc.o.d"
  "/tmp/net-src/hall-server/store/memory_event_log.cc" "hall-server/store/CMakeFiles/hall_store.dir/memory_event_log.cc.o" "gcc" "hall-server/store/CMakeFiles/hall_store.dir/memory_event_log.cc.o.d"
  "/tmp/net-src/hall-server/store/sqlite_connection.cc" "hall-server/store/CMakeFiles/hall_store.dir/sqlite_connection.cc.o" "gcc" "hall-server/store/CMakeFiles/hall_store.dir/sqlite_connection.cc.o.d"
  "/tmp/net-src/hall-server/store/sqlite_event_log.cc" "hall-server/store/CMakeFiles/hall_store.dir/sqlite_event_log.cc.o" "gcc" "hall-server/store/CMakeFiles/hall_store.dir/sqlite_event_log.cc.o.d"
  "/tmp/net-src/hall-server/store/sqlite_log_reader.cc" "hall-server/store/CMakeFiles/hall_store.dir/sqlite_log_reader.cc.o" "gcc" "hall-server/store/CMakeFiles/hall_store.dir/sqlite_log_reader.cc.o.d"
  )

# Targets to which this target links.
set(CMAKE_TARGET_LINKED_INFO_FILES
  )

# Fortran module output directory.
set(CMAKE_Fortran_TARGET_MODULE_DIR "")
