package queue

// order holds back results until those before them were delivered.
type order struct {
	deliver func(Result) error
	next    int
	waiting map[int]Result
}

func newOrder(deliver func(Result) error) *order {
	return &order{deliver: deliver, waiting: map[int]Result{}}
}

// add takes one result and delivers what is due.
func (o *order) add(result Result) error {
	o.waiting[result.Index] = result
	for {
		due, have := o.waiting[o.next]
		if !have {
			return nil
		}
		delete(o.waiting, o.next)
		o.next++
		if err := o.deliver(due); err != nil {
			return err
		}
	}
}
