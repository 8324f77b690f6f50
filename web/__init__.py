"""The review desk: what people see and press. Rules live in the services."""
