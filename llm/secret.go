package llm

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// secretName matches names of fields that hold what nobody else may know.
var secretName = regexp.MustCompile(`(?i)(^|[-_.])(api[-_]?key|key|token|secret|passw(or)?d|auth(orization)?|credentials?|sig(nature)?|bearer|session|cookie)s?$|apikey|accesskey|access_?token|client_?secret`)

// countName matches such names that are about the model's tokens and keys of a
// cache, not about access.
var countName = regexp.MustCompile(`(?i)(max|min|num|stop|eos|bos|pad|prompt|completion|reasoning|thinking|budget|special|allowed|bad|ignored?|skip|logit|cache)[-_]?\w*(token|key)s?|prompt_cache_key|token_?(ids?|limit|budget)`)

// IsSecret reports whether a setting of this name and value looks like a
// credential.
func IsSecret(name, value string) bool {
	return secretName.MatchString(name) && !countName.MatchString(name) || keyLike.MatchString(value)
}

// CheckAddress refuses an address of an endpoint that holds a credential: it
// would be kept with the settings of a run, and shown. The key belongs into an
// environment variable.
func CheckAddress(address, keyVariable string) error {
	parsed, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("the address of the endpoint cannot be read: write it as http://host:port/v1")
	}
	if parsed.User != nil {
		return fmt.Errorf("the address of the endpoint holds a user or a password: take it out, and put the key into %s", keyVariable)
	}
	query := parsed.Query()
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if slices.ContainsFunc(query[name], func(v string) bool { return IsSecret(name, v) }) {
			return fmt.Errorf("the address of the endpoint holds what looks like a credential (%s): take it out, and put the key into %s", redact(name, ""), keyVariable)
		}
	}
	if fields := keyLike.FindString(parsed.Path + parsed.Fragment); fields != "" {
		return fmt.Errorf("the address of the endpoint holds what looks like a key: take it out, and put the key into %s", keyVariable)
	}
	return nil
}

// CheckFields refuses fields of a request's body that hold a credential, as
// CheckAddress does.
func CheckFields(fields map[string]json.RawMessage, keyVariable string) error {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if found := secretIn(name, fields[name]); found != "" {
			return fmt.Errorf("the body holds what looks like a credential (%s): take it out, and put the key into %s", redact(found, ""), keyVariable)
		}
	}
	return nil
}

// secretIn returns the name of the first field that looks like a credential.
func secretIn(name string, raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if text != "" && IsSecret(name, text) {
			return name
		}
		return ""
	}
	if fields := object(raw); fields != nil {
		names := make([]string, 0, len(fields))
		for inner := range fields {
			names = append(names, inner)
		}
		sort.Strings(names)
		for _, inner := range names {
			if found := secretIn(inner, fields[inner]); found != "" {
				return name + "." + found
			}
		}
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		for _, one := range list {
			if found := secretIn(name, one); found != "" {
				return found
			}
		}
	}
	return ""
}

// Redact returns a text that is kept or shown with everything that looks like
// a key, or like the value of a field that holds one, taken out.
func Redact(text string) string {
	text = keyLike.ReplaceAllString(text, "[key]")
	return assigned.ReplaceAllStringFunc(text, func(found string) string {
		parts := assigned.FindStringSubmatch(found)
		if !secretName.MatchString(parts[1]) || countName.MatchString(parts[1]) {
			return found
		}
		return strings.TrimSuffix(found, parts[2]) + "[key]"
	})
}

// assigned matches name=value and "name": "value".
var assigned = regexp.MustCompile(`([A-Za-z_][\w-]*)"?\s*[=:]\s*"?([^\s"&;,}]{4,})`)
