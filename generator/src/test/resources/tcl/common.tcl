# Stands in for a vendor's tool: knows its commands with their options, checks the files that they
# name, and prints what was called. Anything else is an error, as it would be there.
proc known {name words options flags} {
  # options take a value, flags do not; what is left are the arguments
  set rest {}
  for {set i 0} {$i < [llength $words]} {incr i} {
    set word [lindex $words $i]
    if {$word in $options} {
      incr i
      if {$i >= [llength $words]} { error "$name: $word has no value" }
    } elseif {$word in $flags} {
    } elseif {[string match -* $word] && ![string is double $word]} {
      error "$name: unknown option $word"
    } else {
      lappend rest $word
    }
  }
  puts [list CALL $name {*}$words]
  return $rest
}
proc exists {name file} {
  if {![file isfile $file]} { error "$name: no file $file" }
  puts [list FILE [file normalize $file]]
}
proc command {name count options {flags {}} {files 0}} {
  proc $name args [format {
    set rest [known %1$s $args {%2$s} {%3$s}]
    if {[llength $rest] < %4$d || [llength $rest] > %5$d} { error "%1$s: [llength $rest] arguments" }
    if {%6$d} { foreach file $rest { exists %1$s $file } }
    return $rest
  } $name $options $flags {*}$count $files]
}
# Commands of Synopsys design constraints that both vendors take.
command create_clock {0 1} {-name -period -waveform}
command set_input_delay {2 2} {-clock} {-max -min}
command set_output_delay {2 2} {-clock} {-max -min}
command set_false_path {0 0} {-from -to}
command set_max_delay {1 1} {-from -to} {-datapath_only}
command get_clocks {0 1} {}
