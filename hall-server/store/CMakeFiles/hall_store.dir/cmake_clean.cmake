file(REMOVE_RECURSE
  "CMakeFiles/hall_store.dir/chain.cc.o"
  "CMakeFiles/hall_store.dir/chain.cc.o.d"
  "CMakeFiles/hall_store.dir/event_log.cc.o"
  "CMakeFiles/hall_store.dir/event_log.cc.o.d"
  "CMakeFiles/hall_store.dir/memory_event_log.cc.o"
  "CMakeFiles/hall_store.dir/memory_event_log.cc.o.d"
  "CMakeFiles/hall_store.dir/sqlite_connection.cc.o"
  "CMakeFiles/hall_store.dir/sqlite_connection.cc.o.d"
  "CMakeFiles/hall_store.dir/sqlite_event_log.cc.o"
  "CMakeFiles/hall_store.dir/sqlite_event_log.cc.o.d"
  "CMakeFiles/hall_store.dir/sqlite_log_reader.cc.o"
  "CMakeFiles/hall_store.dir/sqlite_log_reader.cc.o.d"
  "libhall_store.a"
  "libhall_store.pdb"
)

# Per-language clean rules from dependency scanning.
foreach(lang CXX)
  include(CMakeFiles/hall_store.dir/cmake_clean_${lang}.cmake OPTIONAL)
endforeach()
