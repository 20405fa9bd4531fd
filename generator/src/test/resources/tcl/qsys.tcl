source [file join [file dirname [info script]] common.tcl]
rename package tcl_package
proc package {verb exact name version} {
  if {$verb ne "require" || $exact ne "-exact" || $name ne "qsys"} { error "package $name" }
}
command set_module_property {2 2} {}
command add_fileset {4 4} {}
command set_fileset_property {3 3} {}
set types {SYSTEM_VERILOG VERILOG OTHER}
proc add_fileset_file {name type path file} {
  if {$type ni $::types || $path ne "PATH"} { error "add_fileset_file $type $path" }
  if {[file tail $file] ne $name} { error "$name is $file" }
  exists add_fileset_file [file join [file dirname $::script] $file]
}
set faces {}
proc add_interface {name type side} {
  if {$type ni {clock reset axi4stream axi4 axi4lite conduit} || $side ni {start end}} {
    error "add_interface $name $type $side"
  }
  if {[dict exists $::faces $name]} { error "interface $name is there already" }
  dict set ::faces $name $type
}
proc set_interface_property {name property value} {
  if {![dict exists $::faces $name]} { error "no interface $name" }
  if {$property in {associatedClock associatedReset} && ![dict exists $::faces $value]} {
    error "no interface $value"
  }
}
proc add_interface_port {face pin role side width} {
  if {![dict exists $::faces $face]} { error "no interface $face" }
  if {$side ni {Input Output} || $width < 1} { error "port $pin is $side of $width bits" }
  puts [list PORT $pin [string tolower $side] $width]
}
set script [lindex $argv 0]
source $script
