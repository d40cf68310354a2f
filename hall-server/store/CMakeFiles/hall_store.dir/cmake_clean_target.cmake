file(REMOVE_RECURSE
  "libhall_store.a"
)
