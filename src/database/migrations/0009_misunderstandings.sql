CREATE TABLE "misunderstandings" (
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"locale" text NOT NULL,
	"text" text NOT NULL,
	"why" text NOT NULL,
	"meant" text,
	"topic" text,
	"step" text,
	"intent" text NOT NULL,
	"confidence" double precision NOT NULL,
	"decision" text NOT NULL,
	"ranking" jsonb NOT NULL,
	CONSTRAINT "misunderstandings_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE INDEX "misunderstandings_at" ON "misunderstandings" USING btree ("at");