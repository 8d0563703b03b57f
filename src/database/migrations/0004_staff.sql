CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"roles" jsonb NOT NULL,
	"groups" jsonb NOT NULL,
	"capacity" integer NOT NULL,
	"locale" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"password_hash" text,
	"password_temporary" boolean DEFAULT false NOT NULL,
	"oidc_subject" text,
	"totp_secret" text,
	"totp_last_step" bigint DEFAULT 0 NOT NULL,
	"recovery_hashes" jsonb NOT NULL,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "staff_login_form" CHECK ("staff"."login" ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'),
	CONSTRAINT "staff_capacity_sensible" CHECK ("staff"."capacity" between 1 and 50)
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"pending_totp" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"stepped_up_at" timestamp (3) with time zone,
	"ip" text NOT NULL,
	"user_agent" text NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "staff_login_unique" ON "staff" USING btree ("login");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_number_unique" ON "staff" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_oidc_subject_unique" ON "staff" USING btree ("oidc_subject");--> statement-breakpoint
CREATE INDEX "staff_sessions_staff" ON "staff_sessions" USING btree ("staff_id") WHERE "staff_sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "staff_sessions_age" ON "staff_sessions" USING btree ("expires_at");