CREATE TABLE "platform_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"conversation_id" text NOT NULL,
	"customer_id" text,
	"subject" text NOT NULL,
	"about" text,
	"due_at" timestamp (3) with time zone,
	"event_id" text,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "reminders_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "reminders_state_known" CHECK ("reminders"."state" in ('waiting', 'told', 'cancelled', 'gone'))
);
--> statement-breakpoint
CREATE INDEX "platform_events_age" ON "platform_events" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reminders_once" ON "reminders" USING btree ("conversation_id","kind","subject") WHERE "reminders"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "reminders_customer" ON "reminders" USING btree ("customer_id","kind") WHERE "reminders"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "reminders_kind" ON "reminders" USING btree ("kind","subject") WHERE "reminders"."state" = 'waiting';