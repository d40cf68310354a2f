# CMake generated Testfile for 
# Source directory: /tmp/net-src/hall-server/store
# Build directory: /tmp/net-src/hall-server/store
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
