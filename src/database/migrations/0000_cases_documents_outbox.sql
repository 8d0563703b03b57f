CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"case_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_head_single" CHECK ("audit_head"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"conversation_id" text NOT NULL,
	"customer_id" text,
	"card_last4" text,
	"note" text,
	"review_note" text,
	"required_slots" jsonb NOT NULL,
	"returned_slots" jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "cases_number_unique" UNIQUE("number"),
	CONSTRAINT "cases_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "cases_state_known" CHECK ("cases"."state" in ('draft', 'submitted', 'in-review', 'needs-more', 'approved', 'rejected', 'closed', 'withdrawn')),
	CONSTRAINT "cases_number_form" CHECK ("cases"."number" ~ '^JB[0-9]{14}$'),
	CONSTRAINT "cases_numbered_when_submitted" CHECK ("cases"."state" in ('draft', 'withdrawn') or ("cases"."number" is not null and "cases"."submitted_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"version" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"state" text NOT NULL,
	"conversation_id" text NOT NULL,
	"content_sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"size_bytes" integer NOT NULL,
	"warnings" jsonb NOT NULL,
	"key_id" text NOT NULL,
	"wrapped_key" text,
	"blob_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"purged_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "upload_tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"conversation_id" text NOT NULL,
	"case_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"purpose" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"document_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "upload_tickets_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "upload_tickets_idempotency_key_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"ordering_key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"last_error" text,
	"done_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outbox_idempotency_key_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_tickets" ADD CONSTRAINT "upload_tickets_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_case" ON "audit" USING btree ("case_id","seq");--> statement-breakpoint
CREATE INDEX "cases_conversation" ON "cases" USING btree ("conversation_id","submitted_at");--> statement-breakpoint
CREATE INDEX "cases_customer" ON "cases" USING btree ("customer_id","submitted_at");--> statement-breakpoint
CREATE INDEX "cases_undecided" ON "cases" USING btree ("kind","submitted_at") WHERE "cases"."state" in ('submitted', 'in-review', 'needs-more');--> statement-breakpoint
CREATE UNIQUE INDEX "consents_once" ON "consents" USING btree ("case_id","purpose","version");--> statement-breakpoint
CREATE INDEX "documents_case" ON "documents" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "documents_content" ON "documents" USING btree ("content_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_slot_filled" ON "documents" USING btree ("case_id","slot") WHERE "documents"."state" = 'stored';--> statement-breakpoint
CREATE INDEX "upload_tickets_open" ON "upload_tickets" USING btree ("conversation_id") WHERE "upload_tickets"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "upload_tickets_case" ON "upload_tickets" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("ordering_key","kind","id") WHERE "outbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("next_attempt_at") WHERE "outbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_done" ON "outbox" USING btree ("done_at") WHERE "outbox"."done_at" is not null;--> statement-breakpoint
INSERT INTO "audit_head" ("id", "seq", "hash") VALUES (1, 0, '');--> statement-breakpoint
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only: % on % refused', TG_OP, TG_TABLE_NAME;
END $$;--> statement-breakpoint
CREATE FUNCTION audit_head_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1 THEN
    RAISE EXCEPTION 'the end of the audit only moves on by one';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON "audit"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON "audit_head"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON "audit_head"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_head_one_step BEFORE UPDATE ON "audit_head"
  FOR EACH ROW EXECUTE FUNCTION audit_head_moves_on();
