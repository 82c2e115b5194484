-- Few days hang on a schedule, and most on none: they go with it, whoever deletes it and how.
ALTER TABLE schedule_day ADD CONSTRAINT schedule_day_goes_with_its_schedule
    FOREIGN KEY (schedule_id) REFERENCES schedule (id) ON DELETE CASCADE;
