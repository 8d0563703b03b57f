CREATE TABLE "case_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_duplicates" (
	"document_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"distance" smallint,
	"found_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "document_duplicates_document_id_other_id_pk" PRIMARY KEY("document_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid,
	"customer_id" text,
	"reason" text NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp (3) with time zone,
	"lift_reason" text,
	CONSTRAINT "legal_holds_one_subject" CHECK (("legal_holds"."case_id" is null) <> ("legal_holds"."customer_id" is null))
);
--> statement-breakpoint
CREATE TABLE "picture_hashes" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"hash" bigint NOT NULL,
	"band0" integer NOT NULL,
	"band1" integer NOT NULL,
	"band2" integer NOT NULL,
	"band3" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"cause" text NOT NULL,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"settled_by" uuid,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "review_proposals_state_known" CHECK ("review_proposals"."state" in ('open', 'confirmed', 'refused', 'lapsed')),
	CONSTRAINT "review_proposals_two_people" CHECK ("review_proposals"."state" <> 'confirmed' or "review_proposals"."settled_by" <> "review_proposals"."proposed_by")
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "decision" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "breach_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "assignee" uuid;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "lease_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "verdict" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "verdict_reason" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "verdict_by" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "verdict_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "customer_id" text;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_duplicates" ADD CONSTRAINT "document_duplicates_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_duplicates" ADD CONSTRAINT "document_duplicates_other_id_documents_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_set_by_staff_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_lifted_by_staff_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "picture_hashes" ADD CONSTRAINT "picture_hashes_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_proposals" ADD CONSTRAINT "review_proposals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_proposals" ADD CONSTRAINT "review_proposals_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_proposals" ADD CONSTRAINT "review_proposals_settled_by_staff_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_notes_case" ON "case_notes" USING btree ("case_id","created_at");--> statement-breakpoint
CREATE INDEX "document_duplicates_other" ON "document_duplicates" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "legal_holds_case" ON "legal_holds" USING btree ("case_id") WHERE "legal_holds"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "legal_holds_customer" ON "legal_holds" USING btree ("customer_id") WHERE "legal_holds"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "picture_hashes_band0" ON "picture_hashes" USING btree ("band0");--> statement-breakpoint
CREATE INDEX "picture_hashes_band1" ON "picture_hashes" USING btree ("band1");--> statement-breakpoint
CREATE INDEX "picture_hashes_band2" ON "picture_hashes" USING btree ("band2");--> statement-breakpoint
CREATE INDEX "picture_hashes_band3" ON "picture_hashes" USING btree ("band3");--> statement-breakpoint
CREATE UNIQUE INDEX "review_proposals_open" ON "review_proposals" USING btree ("case_id") WHERE "review_proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "review_proposals_case" ON "review_proposals" USING btree ("case_id","proposed_at");--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_assignee_staff_id_fk" FOREIGN KEY ("assignee") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_verdict_by_staff_id_fk" FOREIGN KEY ("verdict_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor","seq");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "cases_queue" ON "cases" USING btree ("breach_at","id") WHERE "cases"."state" in ('submitted', 'in-review', 'needs-more');--> statement-breakpoint
CREATE INDEX "cases_breach" ON "cases" USING btree ("breach_at","id") WHERE "cases"."number" is not null;--> statement-breakpoint
CREATE INDEX "cases_last4" ON "cases" USING btree ("card_last4","breach_at");--> statement-breakpoint
CREATE INDEX "cases_assignee" ON "cases" USING btree ("assignee") WHERE "cases"."assignee" is not null;--> statement-breakpoint
UPDATE "cases" SET "breach_at" = "submitted_at" WHERE "submitted_at" IS NOT NULL;--> statement-breakpoint
UPDATE "cases" SET "decision" = "state" WHERE "state" IN ('approved', 'rejected');
