package bt

// Status is what a node answers to a tick.
type Status uint8

// The statuses. Idle is the status of a node that is not active; no node
// answers it.
const (
	Idle Status = iota
	Running
	Success
	Failure
)

var statusNames = [...]string{"idle", "running", "success", "failure"}

// String returns the status in lower case.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return "invalid"
}
