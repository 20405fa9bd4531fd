source [file join [file dirname [info script]] common.tcl]
command get_ports {0 1} {-filter}
command set_part {1 1} {}
command read_verilog {1 99} {-library} {-sv} 1
command read_mem {1 99} {} {} 1
command synth_design {0 0} {-top -part -mode}
command write_checkpoint {1 1} {} {-force}
command report_utilization {0 0} {-file}
command report_timing_summary {0 0} {-file}
command create_project {1 2} {-part} {-force}
command add_files {1 99} {-fileset} {-norecurse} 1
command set_property {0 3} {-name -value -objects}
command get_files {1 1} {}
command current_fileset {0 0} {}
command get_runs {1 1} {}
command launch_runs {1 9} {-jobs}
command wait_on_run {1 1} {}
command open_run {1 1} {}
proc read_xdc {file} {
  exists read_xdc $file
  uplevel #0 [list source $file]
}
set script [lindex $argv 0]
set argv [lrange $argv 1 end]
set argc [llength $argv]
source $script
