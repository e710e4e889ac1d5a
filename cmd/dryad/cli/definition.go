package cli

import (
	"reflect"
	"strings"
)

// definition returns a pointer to what kong reads the command line's grammar
// from. It is commands, unless args begin with the name of one of its fields:
// then the other fields keep their names and help and lose their flags, because
// kong takes more time to read those of all commands than most commands run.
func definition(args []string) any {
	all := reflect.TypeFor[commands]()
	fields := make([]reflect.StructField, all.NumField())
	found := false
	for i := range fields {
		field := all.Field(i)
		fields[i] = reflect.StructField{Name: field.Name, Tag: field.Tag, Type: reflect.TypeFor[struct{}]()}
		if len(args) > 0 && args[0] == commandName(field) {
			fields[i].Type = field.Type
			found = true
		}
	}
	if !found {
		return new(commands)
	}
	return reflect.New(reflect.StructOf(fields)).Interface()
}

// commandName returns the name by which a field of commands is called.
func commandName(field reflect.StructField) string {
	if name := field.Tag.Get("name"); name != "" {
		return name
	}
	return strings.ToLower(field.Name)
}
