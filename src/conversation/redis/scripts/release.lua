-- ARGV: fence
if field('fence') ~= ARGV[3] then return 0 end
set('leaseUntil', 0)
keep()
return 1
