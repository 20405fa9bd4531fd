source [file join [file dirname [info script]] common.tcl]
rename package tcl_package
proc package {verb name args} {
  if {$verb ne "require" || $name ni {::quartus::project ::quartus::flow}} { error "package $name" }
}
command get_ports {1 1} {}
command all_inputs {0 0} {}
command all_outputs {0 0} {}
command remove_from_collection {2 2} {}
command derive_clock_uncertainty {0 0} {}
command project_new {1 1} {} {-overwrite}
command project_close {0 0} {}
command set_instance_assignment {1 1} {-name -to}
command execute_flow {0 0} {} {-compile}
proc set_global_assignment {flag name value} {
  if {$flag ne "-name"} { error "set_global_assignment $flag" }
  if {$name in {SYSTEMVERILOG_FILE VERILOG_FILE}} { exists $name $value }
  if {$name eq "SEARCH_PATH" && ![file isdirectory $value]} { error "no folder $value" }
  if {$name eq "SDC_FILE"} {
    exists $name $value
    uplevel #0 [list source $value]
  }
  if {$name ni {SYSTEMVERILOG_FILE VERILOG_FILE SEARCH_PATH SDC_FILE DEVICE TOP_LEVEL_ENTITY}} {
    error "unknown assignment $name"
  }
  puts [list CALL set_global_assignment $name $value]
}
set script [lindex $argv 0]
set quartus(args) [lrange $argv 1 end]
source $script
