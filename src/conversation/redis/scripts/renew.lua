-- ARGV: fence, leaseMs
if field('fence') ~= ARGV[3] or tonumber(field('leaseUntil')) == 0 then return 0 end
set('leaseUntil', NOW + tonumber(ARGV[4]))
keep()
return 1
