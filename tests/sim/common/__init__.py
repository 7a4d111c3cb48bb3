"""What the simulators of trackers share: HTTP, faults, a clock, webhooks, the interface below /_sim/."""
